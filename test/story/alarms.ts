/** What the watchdog posted, as the table of days says it: kind, key and state of each message. */
export function messagesOf(post: unknown): string[] {
  return (post as WatchdogPost).messages.map(({ kind, key, state }) =>
    kind === "all-clear" ? `all clear: ${key}` : `${kind}: ${key} ${state}`,
  );
}

/** Titles of the same messages, as a mail of them has them. */
export function titlesOf(post: unknown): string[] {
  return (post as WatchdogPost).messages.map(
    ({ kind, title }) => `${kind.replace("-", " ").toUpperCase()}: ${title}`,
  );
}

/** The body of a webhook of the watchdog's, as far as the story reads it. */
interface WatchdogPost {
  readonly messages: readonly {
    readonly kind: "alarm" | "reminder" | "all-clear";
    readonly key: string;
    readonly state: string;
    readonly title: string;
  }[];
}
