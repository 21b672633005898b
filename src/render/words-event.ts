import { parties, plural } from "./words.ts";

/** Events in words; `{n}` is the number of parties. A kind that is not here is told by its own name. */
const EVENT_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  listing: ["1 party newly listed", "{n} parties newly listed"],
  delisting: ["1 party delisted", "{n} parties delisted"],
  redesignation: ["1 party delisted and redesignated", "redesignations involving {n} entries"],
  "list-transfer": ["1 party moved between lists", "{n} parties moved between lists"],
  "duplicate-clean-up": ["1 duplicate entry cleaned up", "{n} entries in duplicate clean-ups"],
  "program-ended": ["a program ended: 1 party", "a program ended: {n} parties"],
  "program-renamed": ["a program renamed on 1 party", "a program renamed on {n} parties"],
  "re-listing": ["1 party listed again", "{n} parties listed again"],
  rename: ["1 party renamed", "{n} parties renamed"],
  "primary-alias-swap": [
    "1 party whose primary name and alias changed places",
    "{n} parties whose primary name and alias changed places",
  ],
  "mass-edit": ["the same edit on 1 party", "the same edit on {n} parties"],
};

/** `5 parties newly listed`. */
export function eventPhrase(kind: string, count: number): string {
  const words = EVENT_WORDS[kind];
  if (words === undefined) return `${kind.replaceAll("-", " ")}: ${parties(count)}`;
  return (count === 1 ? words[0] : words[1]).replace("{n}", String(count));
}

/** The event's name as a heading: `List transfer`. */
export function eventName(kind: string): string {
  const text = kind.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What could not be told, in one sentence. */
export function unknownSentence(count: number): string {
  return `${plural(count, "difference", "differences")} not shown by the source, so neither confirmed nor ruled out`;
}
