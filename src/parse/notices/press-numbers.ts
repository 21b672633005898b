import { type NoticeOperation, type NumberClaim, typesInOrder } from "../../domain/index.ts";
import { sentences } from "./items.ts";

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const WORD = `(?:${[...UNITS.slice(1), ...TENS].join("|")}|hundred|dozen)`;
const WORDS = `(?:(?:an?|one|two|three|four|five|six|seven|eight|nine) (?:hundred|dozen)(?: and)?(?:[ -]${WORD})*|${WORD}(?:[ -]${WORD})*)`;
const NUMBER = `(?:\\d{1,3}(?:,\\d{3})+|\\d+|${WORDS}|an?)`;

/** What is counted, and as what party type; `unknown` where the word says none. */
const NOUNS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:individuals?|persons? \(individuals?\)|people|persons|person|men|women|officials?|nationals?|citizens?|leaders?|hackers?|operatives?)$/i,
    "individual",
  ],
  [
    /^(?:entit(?:y|ies)|compan(?:y|ies)|firms?|organi[sz]ations?|businesses|business|banks?|institutions?)$/i,
    "entity",
  ],
  [/^(?:vessels?|tankers?|ships?)$/i, "vessel"],
  [/^(?:aircraft|planes?|airplanes?|helicopters?)$/i, "aircraft"],
  [/^(?:targets?|parties|party)$/i, "unknown"],
];
const NOUN =
  "individuals?|persons?|people|men|women|officials?|nationals?|citizens?|leaders?|hackers?|operatives?|entit(?:y|ies)|compan(?:y|ies)|firms?|organi[sz]ations?|business(?:es)?|banks?|institutions?|vessels?|tankers?|ships?|aircraft|airplanes?|planes?|helicopters?|targets?|part(?:y|ies)";
/** A number, at most four words that describe, a noun. */
const COUNT = new RegExp(
  `(?<![\\w$\u20AC\u00A3.,-])(${NUMBER})((?: [\\p{L}\\d.'\u2019-]+){0,4}?) (${NOUN})\\b`,
  "giu",
);

const DONE_TODAY =
  /\b(?:sanction(?:ed|s|ing)?|designat(?:ed|es|ing|ions?)|identif(?:ied|ies|ying)|add(?:ed|s|ing)|target(?:ed|s|ing)?|impos(?:ed|es|ing)|block(?:ed|ing)|remov(?:ed|es|ing)|delist(?:ed|s|ing)|lift(?:ed|ing))\b/i;
const UNDONE = /\b(?:remov(?:ed|es|ing|al)|delist(?:ed|s|ing)|lift(?:ed|s|ing))\b/i;

/** "one of the entities", "one or more persons": part of a count, or none. */
const PARTIAL = /\b(?:of|or)\b/i;

/** "nearly 300 targets" is no count that a list can confirm or deny. */
const ROUGHLY =
  /\b(?:nearly|almost|over|more than|fewer than|less than|about|approximately|roughly|around|at least|up to|some|another|additional)\s+$/i;

/** The number a phrase says; undefined when it says none. */
export function numberOf(phrase: string): number | undefined {
  const text = phrase.toLowerCase().replaceAll(",", "");
  if (/^\d+$/.test(text)) return Number(text);
  let total = 0;
  let known = false;
  for (const word of text.split(/[\s-]+/)) {
    const unit = UNITS.indexOf(word);
    const ten = TENS.indexOf(word);
    if (word === "a" || word === "an") total += 1;
    else if (unit >= 0) total += unit;
    else if (ten >= 0) total += (ten + 2) * 10;
    else if (word === "hundred") total = Math.max(1, total) * 100;
    else if (word === "dozen") total = Math.max(1, total) * 12;
    else if (word !== "and") return undefined;
    known = true;
  }
  return known ? total : undefined;
}

/** The number claims of a body: one per run of counts in a sentence that says something was done. */
export function numberClaims(paragraphs: readonly string[]): NumberClaim[] {
  const claims: NumberClaim[] = [];
  paragraphs.forEach((paragraph, index) => {
    for (const { text } of sentences(paragraph)) {
      if (!DONE_TODAY.test(text)) continue;
      for (const run of runsOf(text)) {
        const counts = countsOf(run.counts);
        if (typesInOrder(counts).length === 0) continue;
        const operation: NoticeOperation = UNDONE.test(text) ? "delete" : "add";
        claims.push({
          counts,
          text: text.slice(run.from, run.to),
          sentence: text,
          paragraph: index,
          operation,
        });
      }
    }
  });
  return claims;
}

interface Count {
  readonly number: number;
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** Counts joined by commas and "and" are one claim: "four entities and one individual". */
function runsOf(sentence: string): { from: number; to: number; counts: Count[] }[] {
  const runs: { from: number; to: number; counts: Count[] }[] = [];
  for (const match of sentence.matchAll(COUNT)) {
    const number = numberOf(match[1] ?? "");
    const type = NOUNS.find(([shape]) => shape.test(match[3] ?? ""))?.[1];
    // "a company" counts nothing, except inside a run: "two individuals and an entity".
    const article = /^an?$/i.test(match[1] ?? "");
    if (number === undefined || type === undefined || PARTIAL.test(match[0])) continue;
    if (ROUGHLY.test(sentence.slice(0, match.index))) continue;
    const count = { number, type, from: match.index, to: match.index + match[0].length };
    const last = runs[runs.length - 1];
    const joined =
      last !== undefined &&
      /^(?:,| and|, and|, as well as| as well as|,? along with)$/.test(
        sentence.slice(last.to, count.from).trimEnd(),
      );
    if (joined) {
      last.counts.push(count);
      last.to = count.to;
    } else if (!article) {
      runs.push({ from: count.from, to: count.to, counts: [count] });
    }
  }
  return runs;
}

function countsOf(counts: readonly Count[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const { type, number } of counts) out[type] = (out[type] ?? 0) + number;
  return out;
}
