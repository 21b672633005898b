import { plainLabel } from "./vocabulary.ts";
import { KNOWN_LABELS, type KnownLabel } from "./vocabulary-labels.ts";

/** A label found at the beginning of an attribute of an entry line or of CSV remarks. */
export interface EntryKey extends KnownLabel {
  /** The text after the label and its blank. */
  readonly value: string;
}

/** Labels that entry lines write otherwise (DOB, POB, nationality, citizen): their long form is not a key. */
const NOT_WRITTEN: ReadonlySet<string> = new Set([
  "Birthdate",
  "Place of Birth",
  "Nationality Country",
  "Citizenship Country",
  "Location",
  "Title",
  "VESSEL TYPE",
]);

/** By first word, longest label first: `Executive Order 14024 Directive Information -` before without dash. */
const KEYS: ReadonlyMap<string, readonly KnownLabel[]> = byFirstWord();

function byFirstWord(): Map<string, KnownLabel[]> {
  const keys = new Map<string, KnownLabel[]>();
  for (const entry of KNOWN_LABELS) {
    if (NOT_WRITTEN.has(entry.label)) continue;
    const word = firstWord(entry.label);
    keys.set(word, [...(keys.get(word) ?? []), entry]);
  }
  for (const entries of keys.values()) entries.sort((a, b) => b.label.length - a.label.length);
  return keys;
}

function firstWord(text: string): string {
  const end = text.indexOf(" ");
  return end < 0 ? text : text.slice(0, end);
}

const WALLET = /^(Digital Currency Address - [A-Z0-9]{2,10}) /;

/**
 * The label an attribute begins with, as it is written there; undefined where none does. A key is followed by
 * a blank and a value: a word alone is no attribute. Currency labels are recognised by their pattern.
 */
export function entryKey(attribute: string): EntryKey | undefined {
  for (const entry of KEYS.get(firstWord(attribute)) ?? []) {
    const end = entry.label.length;
    if (attribute.startsWith(entry.label) && attribute[end] === " " && attribute.length > end + 1) {
      return { ...entry, value: attribute.slice(end + 1) };
    }
  }
  const wallet = WALLET.exec(attribute)?.[1];
  if (wallet === undefined || attribute.length === wallet.length + 1) return undefined;
  return { label: wallet, area: "wallet", kind: "feature", value: attribute.slice(wallet.length + 1) };
}

/** A text with typewriter quotes and hyphens, as labels are written; of the same length, so that offsets hold. */
export function withPlainMarks(text: string): string {
  return text.replace(/[\u2018\u2019]/g, "'").replace(/[\u2010-\u2015]/g, "-");
}

/** True when a text begins with a key, whatever its quotes and dashes: where an address list ends. */
export function startsWithEntryKey(attribute: string): boolean {
  return entryKey(withPlainMarks(attribute)) !== undefined;
}

/** Every label as entry lines write it, without trailing punctuation. */
export const ENTRY_KEYS: readonly string[] = [
  ...new Set([...KEYS.values()].flat().map((entry) => plainLabel(entry.label))),
];
