/** Abbreviations whose dot ends no sentence. */
const ABBREVIATION =
  /(?:\b(?:U\.S|E\.O|a\.m|p\.m|No|Nos|Inc|Ltd|Co|Corp|S\.A|St|Jr|Sr|Dr|Mr|Ms|Mrs|v|vs)|\b[A-Z])\.$/;

/** The sentence around a position, verbatim. */
export function sentenceAt(text: string, at: number): string {
  return sentences(text).find((s) => s.end > at)?.text ?? text;
}

/** The sentences of a paragraph, verbatim, with their ends. */
export function sentences(text: string): { text: string; end: number }[] {
  const out: { text: string; end: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(/[.!?]["'\u201D\u2019)]*\s+(?=["'\u201C\u2018(]*[\p{Lu}\d])/gu)) {
    const end = match.index + match[0].length;
    if (ABBREVIATION.test(text.slice(Math.max(from, match.index - 8), match.index + 1))) continue;
    out.push({ text: text.slice(from, end).trim(), end });
    from = end;
  }
  if (from < text.length) out.push({ text: text.slice(from).trim(), end: text.length });
  return out;
}

const TOPIC_WORD =
  "(?!(?:Issuance|Publication|Amendment|Release|Revocation|Extension|General|Licen[sc]es?|GLs?|FAQs?|Nos?|The|These|Today|In|On|For|New|Amended|Updated|Revised|Additional|Certain|Web|OFAC|Treasury)[ .])[A-Z][\\p{L}.'\u2019-]+";
const TOPIC = new RegExp(
  `(?<![\\p{L}\\d])(${TOPIC_WORD}(?:(?: and| of(?: the)?)? ${TOPIC_WORD})*-[Rr]elated)\\b`,
  "gu",
);

/** `Venezuela-related`, `Democratic Republic of the Congo-related`. */
export function topicOf(text: string): string | undefined {
  return topicsOf(text)[0];
}

/** All topics of a text, in order. */
export function topicsOf(text: string): string[] {
  return [...text.matchAll(TOPIC)].map((match) => match[1] ?? "");
}

/** Words by which a notice issues something. */
export const ISSUES =
  /\b(?:issu(?:ed?|es|ing|ance)|publish(?:ed|es|ing)?|re-?issu\w+|amend(?:ed|s|ing)?|releas(?:ed?|ing)|extend(?:ed|ing))\b/i;
/** Words before a licence that name it without issuing it. */
const MENTIONS =
  /\b(?:supersed\w*|replac\w*|revok\w*|rescind\w*|pursuant to|in accordance with|under|authori[sz]ed by|see)\b[^.;:"\u201C]{0,40}$/i;

/** True when the words before a licence or FAQ only refer to it. */
export function mentions(text: string, at: number): boolean {
  return MENTIONS.test(text.slice(Math.max(0, at - 100), at));
}
