/**
 * Match-key normalisation: what two spellings have in common when a screening engine would take them for the
 * same key. It is for comparing only; what OFAC wrote is always kept beside it.
 *
 * - Unicode compatibility forms are folded (NFKC): full-width letters, ligatures.
 * - Diacritics on Latin letters are dropped (`É` is `E`), and the letters that Unicode does not decompose are
 *   spelled out (`Ø` O, `Ł` L, `Æ` AE, `ß` SS, `ı` I …). Marks of other scripts stay: they tell words apart.
 * - Case is folded upwards.
 * - Apostrophes and their look-alikes vanish (`FU'AD` is `FUAD`); any other punctuation is a word break.
 * - Runs of white space are one blank; none at the ends. Bidi controls and zero-width marks vanish.
 * - Order of words stays: `LAST, First` and `FIRST LAST` are two keys.
 */
export function normaliseText(text: string): string {
  if (ASCII.test(text)) {
    // Most names by far: nothing to fold, so that only case, apostrophes and punctuation are left.
    const words = text
      .replace(/['`]/g, "")
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, " ")
      .trim();
    return words === "" ? text.trim() : words;
  }
  const folded = foldLetters(text.normalize("NFKC").replace(INVISIBLE, "").replace(APOSTROPHES, ""));
  // Upper case may take a letter apart (U+1FD2): it is put together again, so that doing it twice changes nothing.
  const words = folded
    .toUpperCase()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
  return words === "" ? text.trim() : words;
}

/**
 * Numbers and codes (documents, call signs, tickers …): as texts, and without any blank or punctuation, since
 * `AB-123 456` and `AB123456` are one passport.
 */
export function normaliseNumber(text: string): string {
  const code = normaliseText(text).replace(/[^\p{L}\p{N}]/gu, "");
  return code === "" ? text.trim() : code;
}

/** IMO numbers stand as `IMO 9187629`; the digits are the key. */
export function normaliseImo(text: string): string {
  return /^\s*IMO\s*(\d+)\s*$/i.exec(text)?.[1] ?? normaliseNumber(text);
}

/** Telephone numbers: digits only; a leading international `00` is dropped as `+` is. */
export function normalisePhone(text: string): string {
  const digits = text.normalize("NFKC").replace(/\D/g, "").replace(/^00/, "");
  return digits === "" ? normaliseNumber(text) : digits;
}

/** E-mail addresses: lower case; nobody parts mailboxes by case. */
export function normaliseEmail(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}

/** Web addresses: without scheme, `www.` and a slash at the end; the host in lower case, the path as it is. */
export function normaliseWebsite(text: string): string {
  const bare = text
    .normalize("NFKC")
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/^www\./i, "")
    .replace(/\/+$/, "");
  const slash = bare.search(/[/?#]/);
  return slash < 0 ? bare.toLowerCase() : bare.slice(0, slash).toLowerCase() + bare.slice(slash);
}

/**
 * Digital-currency addresses: exact, save where the format itself is blind to case — hexadecimal (EVM) and
 * all-capitals Bech32 (BIP 173).
 */
export function normaliseWallet(address: string): string {
  const text = address.trim();
  if (/^0x[0-9a-f]{40}$/i.test(text)) return text.toLowerCase();
  return /^[A-Z0-9]{2,}1[02-9AC-HJ-NP-Z]{6,}$/.test(text) && /^(BC1|LTC1|TB1|ZS1|BNB1)/.test(text)
    ? text.toLowerCase()
    : text;
}

const ASCII = /^[\0-\x7f]*$/;
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g;
const APOSTROPHES = /['\u2018\u2019\u201B\u02B9\u02BB\u02BC\u02BE\u02BF\u0060\u00B4\u2032]/g;
const LATIN_MARKS = /(\p{Script=Latin})\p{Mn}+/gu;
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  Æ: "AE",
  æ: "ae",
  Œ: "OE",
  œ: "oe",
  Ø: "O",
  ø: "o",
  Ł: "L",
  ł: "l",
  Đ: "D",
  đ: "d",
  Ð: "D",
  ð: "d",
  Þ: "TH",
  þ: "th",
  ß: "ss",
  ẞ: "SS",
  ı: "i",
  Ħ: "H",
  ħ: "h",
  Ŧ: "T",
  ŧ: "t",
  Ə: "A",
  ə: "a",
};
const UNDECOMPOSED_LETTERS = /[ÆæŒœØøŁłĐđÐðÞþßẞıĦħŦŧƏə]/g;

function foldLetters(text: string): string {
  return text
    .normalize("NFD")
    .replace(LATIN_MARKS, "$1")
    .normalize("NFC")
    .replace(UNDECOMPOSED_LETTERS, (letter) => UNDECOMPOSED[letter] ?? letter);
}
