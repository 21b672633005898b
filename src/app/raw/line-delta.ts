import { IntegrityError } from "../../domain/index.ts";

/**
 * One file as what it shares with another, line by line: the text `c <offset> <length>` copies bytes of the base,
 * `i <length>` is followed by bytes of its own. Lists are written a fact a line, in order or out of it, so two
 * publications share nearly all their lines wherever they stand; and whoever finds the store in ten years can
 * rebuild a file with the twenty lines that its README takes to say so.
 */

/** How `target` is made from `base`. Compressed afterwards: the text repeats itself. */
export function makeDelta(base: Uint8Array, target: Uint8Array): Uint8Array {
  const from = linesOf(base);
  const to = linesOf(target);
  const known = indexOf(from);
  const out: Uint8Array[] = [];
  let copied: { first: number; end: number } | undefined;
  let own: number | undefined;
  const endCopy = () => {
    if (copied === undefined) return;
    const at = from.at(copied.first);
    out.push(ASCII.encode(`c ${at} ${from.at(copied.end) - at}\n`));
    copied = undefined;
  };
  const endOwn = (line: number) => {
    if (own === undefined) return;
    const bytes = target.subarray(to.at(own), to.at(line));
    out.push(ASCII.encode(`i ${bytes.length}\n`), bytes);
    own = undefined;
  };
  for (let line = 0; line < to.count; line += 1) {
    if (copied !== undefined && copied.end < from.count && isSame(from, copied.end, to, line)) {
      copied.end += 1;
      continue;
    }
    endCopy();
    const found = known(to, line);
    if (found !== undefined) {
      endOwn(line);
      copied = { first: found, end: found + 1 };
    } else own ??= line;
  }
  endCopy();
  endOwn(to.count);
  return Buffer.concat(out);
}

/**
 * The file that a delta makes from its base.
 * @throws IntegrityError `not-a-delta` when it is none, or reaches outside of the base
 */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  const out: Uint8Array[] = [];
  const bytes = Buffer.from(delta.buffer, delta.byteOffset, delta.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LF, at);
    const line = bytes.toString("latin1", at, end < 0 ? bytes.length : end);
    const copy = /^c (\d{1,15}) (\d{1,15})$/.exec(line);
    const insert = /^i (\d{1,15})$/.exec(line);
    if (end < 0 || (copy === null && insert === null)) throw notADelta(at);
    at = end + 1;
    const source = copy === null ? bytes : base;
    const start = copy === null ? at : Number(copy[1]);
    const length = Number(copy?.[2] ?? insert?.[1]);
    if (start + length > source.length) throw notADelta(at);
    out.push(source.subarray(start, start + length));
    if (copy === null) at += length;
  }
  return Buffer.concat(out);
}

const LF = 10;
const ASCII = new TextEncoder();

/** Bytes with where each line begins; its line feed belongs to a line. */
interface Lines {
  readonly bytes: Buffer;
  readonly count: number;
  /** Offset of a line's first byte; of the line after the last: the end. */
  at(line: number): number;
}

function linesOf(content: Uint8Array): Lines {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count += 1;
  if (bytes.length > 0 && bytes[bytes.length - 1] !== LF) count += 1;
  const starts = new Uint32Array(count + 1);
  let line = 1;
  for (let at = bytes.indexOf(LF); at >= 0 && line <= count; at = bytes.indexOf(LF, at + 1)) {
    starts[line] = at + 1;
    line += 1;
  }
  starts[count] = bytes.length;
  return { bytes, count, at: (index) => starts[index] ?? bytes.length };
}

function isSame(a: Lines, i: number, b: Lines, j: number): boolean {
  const [from, end] = [a.at(i), a.at(i + 1)];
  const [other, otherEnd] = [b.at(j), b.at(j + 1)];
  return end - from === otherEnd - other && a.bytes.compare(b.bytes, other, otherEnd, from, end) === 0;
}

/** Finds the first line of the base that equals a given one. A list has millions of lines: numbers, no strings. */
function indexOf(base: Lines): (lines: Lines, line: number) => number | undefined {
  let size = 1;
  while (size < base.count * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const place = (lines: Lines, line: number): number => {
    let slot = hashOf(lines, line) & (size - 1);
    for (let found = slots[slot] ?? -1; found >= 0; found = slots[slot] ?? -1) {
      if (isSame(base, found, lines, line)) break;
      slot = (slot + 1) & (size - 1);
    }
    return slot;
  };
  for (let line = 0; line < base.count; line += 1) {
    const slot = place(base, line);
    if (slots[slot] === -1) slots[slot] = line;
  }
  return (lines, line) => {
    const found = slots[place(lines, line)] ?? -1;
    return found < 0 ? undefined : found;
  };
}

/** FNV-1a over a line's bytes. */
function hashOf(lines: Lines, line: number): number {
  let hash = 0x811c9dc5;
  for (let at = lines.at(line), end = lines.at(line + 1); at < end; at += 1) {
    hash = Math.imul(hash ^ (lines.bytes[at] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

function notADelta(at: number): IntegrityError {
  return new IntegrityError(
    "not-a-delta",
    `expected "c <offset> <length>" or "i <length>" and its bytes at byte ${at} of a delta, found something else.`,
  );
}
