const LONGEST = 76;
const PLAIN = /^[\t -<>-~]*$/;
const NOT_PLAIN = /[^\t -<>-~]+/g;
const HEX = "0123456789ABCDEF";

/**
 * Quoted-printable (RFC 2045 §6.7) of a text's UTF-8, in pieces: lines of at most 76 characters that end with
 * CRLF. The pieces are shared: not to be changed.
 */
export function quotedPrintable(text: string): readonly Uint8Array[] {
  const beginning = beginningOf(text);
  if (beginning === undefined) return [encoded(text)];
  return [beginning.encoded, encoded(text.slice(beginning.text.length))];
}

/** How texts of this run began, with the encoding: it ends at the end of a line. */
interface Beginning {
  readonly text: string;
  readonly encoded: Uint8Array;
}

/**
 * The digests of many readers differ in little more than the link in their foot. What two texts have in common
 * is encoded once; comparing texts is many times faster than encoding them. Longest first.
 */
const beginnings: Beginning[] = [];
const recent: string[] = [];
const KEPT = 32;
const WORTHWHILE = 4_096;

function beginningOf(text: string): Beginning | undefined {
  const known = beginnings.find((beginning) => isBeginning(beginning.text, text));
  const length = known?.text.length ?? 0;
  if (text.length - length < WORTHWHILE) return known;
  const common = Math.max(0, ...recent.map((other) => commonLines(text, other)));
  recent.unshift(text);
  recent.splice(KEPT);
  if (common - length < WORTHWHILE) return known;
  const start = text.slice(0, common);
  const learned = { text: start, encoded: encoded(start) };
  beginnings.push(learned);
  beginnings.sort((a, b) => b.text.length - a.text.length).splice(KEPT);
  return learned;
}

/** How many characters two texts have in common at their beginning, up to the end of a line; 0 for few. */
function commonLines(a: string, b: string): number {
  if (!isBeginning(a.slice(0, WORTHWHILE), b)) return 0;
  let low = WORTHWHILE;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isBeginning(a.slice(0, middle), b)) low = middle;
    else high = middle - 1;
  }
  return a.lastIndexOf("\n", low - 1) + 1;
}

/** `startsWith`, several times faster on long texts: V8 compares whole strings at once, beginnings one by one. */
function isBeginning(start: string, text: string): boolean {
  return text.slice(0, start.length) === start;
}

function encoded(text: string): Uint8Array {
  const lines = text.split(/\r\n|\r|\n/).map(encodedLine);
  return Buffer.from(lines.join("\r\n"), "latin1");
}

function encodedLine(line: string): string {
  const plain = PLAIN.test(line) ? line : line.replace(NOT_PLAIN, escaped);
  // A space at the end would be taken for padding (rule 3).
  const encoded = plain.replace(/[\t ]$/, escaped);
  if (encoded.length <= LONGEST) return encoded;
  let wrapped = "";
  for (let at = 0; at < encoded.length; ) {
    // One place is for the mark of the soft line break, and `=C3` stays whole.
    let end = at + (encoded.length - at <= LONGEST ? LONGEST : LONGEST - 1);
    if (end < encoded.length) {
      if (encoded[end - 1] === "=") end -= 1;
      else if (encoded[end - 2] === "=") end -= 2;
    }
    wrapped += encoded.slice(at, end) + (end < encoded.length ? "=\r\n" : "");
    at = end;
  }
  return wrapped;
}

function escaped(characters: string): string {
  let text = "";
  for (const byte of Buffer.from(characters, "utf8")) text += `=${HEX[byte >> 4]}${HEX[byte & 15]}`;
  return text;
}
