import { foldedWords } from "../../fold.ts";

/** A reader's own name, as written and as compared. */
export interface Term {
  readonly text: string;
  readonly words: readonly string[];
}

const TERMS = "ofac-ledger:terms";
const SEEN = "ofac-ledger:seen";

/** The terms kept in this browser; none where it keeps nothing. */
export function readTerms(): Term[] {
  return parseTerms(read(TERMS) ?? "");
}

/** One term a line, each once. */
export function parseTerms(text: string): Term[] {
  const terms = new Map<string, Term>();
  for (const line of text.split("\n")) {
    const words = foldedWords(line);
    const key = words.join(" ");
    if (key !== "" && !terms.has(key)) terms.set(key, { text: line.trim(), words });
  }
  return [...terms.values()];
}

/** @returns false when the browser refuses to keep anything */
export function keepTerms(terms: readonly Term[]): boolean {
  return write(TERMS, terms.map(({ text }) => text).join("\n"));
}

/** The newest publication that was compared with the terms as they are now. */
export function seenKey(publication: string, terms: readonly Term[]): string {
  return `${publication} ${terms.map(({ words }) => words.join(" ")).join("|")}`;
}

export const readSeen = (): string | null => read(SEEN);
export const keepSeen = (key: string): boolean => write(SEEN, key);

/** Forgets terms and what was seen. */
export function forget(): void {
  for (const key of [TERMS, SEEN]) {
    try {
      localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
