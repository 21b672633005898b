const LONGEST = 76;
const PLAIN = /^[\t -<>-~]*$/;
const NOT_PLAIN = /[^\t -<>-~]+/g;
const HEX = "0123456789ABCDEF";

/**
 * Pieces of about a thousand characters by their encoding. The digests of many readers differ in little more
 * than the link in their foot, so most pieces are encoded once a run.
 */
const known = new Map<string, Buffer>();
const KNOWN_LIMIT = 4_000;
const PIECE = 1_024;

/**
 * Quoted-printable (RFC 2045 §6.7) of a text's UTF-8, in pieces: lines of at most 76 characters that end with
 * CRLF. The pieces are shared: not to be changed.
 */
export function quotedPrintable(text: string): readonly Buffer[] {
  const encoded: Buffer[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at + PIECE) + 1;
    const piece = end === 0 ? text.slice(at) : text.slice(at, end);
    encoded.push(encodedPiece(piece));
    at += piece.length;
  }
  return encoded;
}

function encodedPiece(piece: string): Buffer {
  const before = known.get(piece);
  if (before !== undefined) return before;
  const lines = piece.split(/\r\n|\r|\n/).map(encodedLine);
  const made = Buffer.from(lines.join("\r\n"), "latin1");
  if (known.size >= KNOWN_LIMIT) known.clear();
  known.set(piece, made);
  return made;
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
