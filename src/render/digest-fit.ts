import type { Room } from "./digest-blocks.ts";

const ALL = Number.MAX_SAFE_INTEGER;

/** From all to little. Names go last: who it is matters most. */
const ROOMS: readonly Room[] = [
  { full: ALL, named: ALL, changed: ALL, unknown: ALL, quotes: 6, lines: ALL },
  { full: 40, named: ALL, changed: 40, unknown: 10, quotes: 3, lines: 40 },
  { full: 20, named: ALL, changed: 20, unknown: 10, quotes: 2, lines: 30 },
  { full: 10, named: ALL, changed: 10, unknown: 5, quotes: 2, lines: 20 },
  { full: 5, named: ALL, changed: 5, unknown: 3, quotes: 1, lines: 20 },
  { full: 2, named: ALL, changed: 5, unknown: 3, quotes: 1, lines: 10 },
  { full: 0, named: 400, changed: 3, unknown: 1, quotes: 0, lines: 10 },
  { full: 0, named: 100, changed: 1, unknown: 0, quotes: 0, lines: 5 },
  { full: 0, named: 20, changed: 0, unknown: 0, quotes: 0, lines: 3 },
];

const LEAST: Room = { full: 0, named: 0, changed: 0, unknown: 0, quotes: 0, lines: 1 };

/**
 * Bytes of both parts together as they travel. Gmail cuts the HTML at 102 kB; a message that is below that as a
 * whole is cut nowhere, and a phone has it at once. Attachments come on top.
 */
export const MESSAGE_LIMIT = 99_000;

/** Room for headers, MIME boundaries, and the foot that each reader has of his own. */
const RESERVED = 5_000;

/** What is written with the most room that fits; with the least where nothing does. */
export function fitted<T>(
  view: (room: Room) => T,
  write: Writers<T>,
): { view: T; text: string; html: string } {
  const limit = MESSAGE_LIMIT - RESERVED;
  const attempt = (room: Room, must: boolean) => {
    const own = view(room);
    const text = write.text(own);
    const bytes = encodedBytes(text);
    // The HTML says the same with more signs: where twice the text is too much, it is not worth writing.
    if (!must && bytes * 2 > limit) return undefined;
    const html = write.html(own);
    return must || bytes + encodedBytes(html) <= limit ? { view: own, text, html } : undefined;
  };
  for (const room of ROOMS) {
    const found = attempt(room, false);
    if (found !== undefined) return found;
  }
  const least = attempt(LEAST, true);
  if (least === undefined) throw new Error("the least room is always written");
  return least;
}

/** How a view becomes each part. */
export interface Writers<T> {
  text(view: T): string;
  html(view: T): string;
}

/** Bytes of a text in quoted-printable (RFC 2045 §6.7), soft line breaks at 76 columns among them. */
function encodedBytes(words: string): number {
  const bytes = Buffer.from(words, "utf8");
  let count = 0;
  let column = 0;
  for (const byte of bytes) {
    if (byte === 0x0a) {
      count += 2;
      column = 0;
      continue;
    }
    const width = byte === 0x3d || byte > 0x7e || byte < 0x20 ? 3 : 1;
    if (column + width > 75) {
      count += 3;
      column = 0;
    }
    count += width;
    column += width;
  }
  return count;
}
