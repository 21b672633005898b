import { plural } from "./words.ts";

/** The event's name as a heading: `List transfer`. */
export function eventName(kind: string): string {
  const text = kind.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What could not be told, in one sentence. */
export function unknownSentence(count: number): string {
  return `${plural(count, "difference", "differences")} not shown by the source, so neither confirmed nor ruled out`;
}
