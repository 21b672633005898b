/** What is printable ASCII throughout, as nearly all of OFAC's text is, stays as it is. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Bidi controls and marks, zero-width spaces, word joiners, byte order marks. */
const INVISIBLE = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/** Joiners are letters' business between two letters (Persian spelling), and noise anywhere else. */
const STRAY_JOINER = /(?<![\p{L}\p{M}])[\u200C\u200D]+|[\u200C\u200D]+(?![\p{L}\p{M}])/gu;

/**
 * Text in canonical form: NFC, one line, without invisible characters, without white space around. OFAC wraps
 * Arabic names in bidi controls, in some fields only. Double blanks inside stay: they are OFAC's.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(STRAY_JOINER, "")
    .replace(/[\t\n\r\u0085\u2028\u2029]+/g, " ")
    .trim();
}

/** `{ [key]: clean text }`, or nothing where there is no text. */
export function optionalText<K extends string>(key: K, text: string | undefined): { [P in K]?: string } {
  const clean = text === undefined ? "" : cleanText(text);
  // A computed key widens to an index signature; the shape is exactly this one member.
  return clean === "" ? {} : ({ [key]: clean } as { [P in K]?: string });
}
