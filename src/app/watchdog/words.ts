import type { RememberedAlarm, WatchMemory, WatchMessage } from "./memory.ts";

const KIND_WORDS = { alarm: "alarm", reminder: "reminder", "all-clear": "all clear" } as const;

/** One message as one line. */
export function messageLine({ kind, key, state, title }: WatchMessage): string {
  return `${KIND_WORDS[kind]}: ${title} [${key}${kind === "all-clear" ? "" : `, ${state}`}]`;
}

/** The subject of a mail that tells these. */
export function messagesSubject(name: string, messages: readonly WatchMessage[]): string {
  const [first] = messages;
  if (messages.length === 1 && first !== undefined)
    return `[${name}] ${KIND_WORDS[first.kind]}: ${first.title}`;
  const counts = (["alarm", "reminder", "all-clear"] as const).flatMap((kind) => {
    const count = messages.filter((message) => message.kind === kind).length;
    return count === 0 ? [] : [`${count} ${KIND_WORDS[kind]}${count > 1 && kind !== "all-clear" ? "s" : ""}`];
  });
  return `[${name}] ${counts.join(", ")}`;
}

/** The text of that mail. */
export function messagesText(messages: readonly WatchMessage[]): string {
  const blocks = messages.map((message) =>
    [
      `${KIND_WORDS[message.kind].toUpperCase()}: ${message.title}`,
      message.kind === "all-clear"
        ? `Over since ${message.found}.`
        : `Found ${message.found}${message.since === null ? "" : `, so since ${message.since}`}.`,
      ...(message.kind === "all-clear" ? [] : message.lines),
    ].join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}

/** An alarm for an issue tracker: the same text as long as the state is the same. */
export interface AlarmIssue {
  readonly key: string;
  readonly state: "firing" | "resolved";
  readonly title: string;
  readonly body: string;
}

/** Every alarm there is, and what was over lately; one that is not among them is over. */
export function issuesOf({ alarms }: WatchMemory): AlarmIssue[] {
  return alarms.map((alarm) => ({
    key: alarm.key,
    state: alarm.state === "clear" ? "resolved" : "firing",
    title: alarm.title,
    body: issueBody(alarm),
  }));
}

function issueBody({ state, found, since, lines }: RememberedAlarm): string {
  if (state === "clear") return `Over since ${found}.`;
  return [`Found ${found}${since === null ? "" : `, so since ${since}`}.`, ...lines].join("\n\n");
}
