/**
 * How names are compared in the index and in the reader's browser: without case, accents and other marks, and
 * without what only typography adds. The same code runs on both sides, so that a query meets what was indexed.
 */

/** Letters that Unicode does not take apart although readers do. */
const SPECIAL: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ŋ: "n",
  ŧ: "t",
  þ: "th",
  ə: "e",
  // Arabic letters that are typed for one another, and the stroke that only stretches a word.
  ى: "ي",
  ة: "ه",
  ک: "ك",
  ی: "ي",
  ـ: "",
};

/** Apostrophes inside a word belong to its transcription, and are written or left out at will. */
const APOSTROPHES = /['’‘ʼʻ`´]/u;

/** What words are made of. */
const WORD = /[\p{L}\p{N}]/u;

const KNOWN = new Map<string, string>();

/** One character as it is compared, worked out once. */
function foldKnown(character: string): string {
  const known = KNOWN.get(character) ?? foldCharacter(character);
  KNOWN.set(character, known);
  return known;
}

/** One character as it is compared; empty where it does not count. */
export function foldCharacter(character: string): string {
  if (APOSTROPHES.test(character)) return "";
  const plain = character.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "");
  // A letter never comes apart into a separator: the dot of Ŀ and the apostrophe of ŉ do not count.
  const whole = WORD.test(character);
  let folded = "";
  for (const one of plain) {
    if (!whole || (WORD.test(one) && !APOSTROPHES.test(one))) folded += SPECIAL[one] ?? one;
  }
  // Hangul comes apart into letters above; whole syllables are what is typed.
  return folded.normalize("NFC");
}

/** Most of the lists is plain ASCII, where nothing comes apart and only apostrophes do not count. */
const ASCII = /^[\0-\x7f]*$/u;

/** A text as it is compared. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replaceAll(/['`]/gu, "");
  let whole = "";
  for (const character of text.normalize("NFC")) whole += foldKnown(character);
  return whole;
}

/** Words of a text, folded. Scripts without spaces (Han, Kana) give one word for each character. */
export function foldedWords(text: string): string[] {
  if (ASCII.test(text)) return fold(text).match(/[a-z0-9]+/gu) ?? [];
  return (
    fold(text).match(
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}]+?(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\p{L}\p{N}]|$)/gu,
    ) ?? []
  );
}

/** Where words of a term stand in a text as whole words in a row: ranges of the text as given. */
export function findTerm(
  text: string,
  term: readonly string[],
): { readonly from: number; readonly to: number }[] {
  const words = placedWords(text);
  const found: { from: number; to: number }[] = [];
  if (term.length === 0) return found;
  for (let at = 0; at + term.length <= words.length; at += 1) {
    if (!term.every((word, n) => words[at + n]?.word === word)) continue;
    const [first, last] = [words[at], words[at + term.length - 1]];
    if (first !== undefined && last !== undefined) found.push({ from: first.from, to: last.to });
    at += term.length - 1;
  }
  return found;
}

/** Folded words with the range of the text each comes from. */
function placedWords(text: string): { word: string; from: number; to: number }[] {
  const words: { word: string; from: number; to: number }[] = [];
  const raw =
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{N}\p{M}'’‘ʼʻ`´ـ])+/gu;
  for (const match of text.matchAll(raw)) {
    const word = fold(match[0]);
    if (word !== "") words.push({ word, from: match.index, to: match.index + match[0].length });
  }
  return words;
}
