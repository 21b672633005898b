import { type NumberClaim, typesInOrder } from "../../domain/index.ts";
import { type Governor, governing, governorsOf, type Span } from "./press-clauses.ts";
import { sentences } from "./prose.ts";

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const SAID = `(?:${[...UNITS.slice(1), ...TENS].join("|")}|hundred|dozen)`;
const SAYING = `(?:(?:an?|one|two|three|four|five|six|seven|eight|nine) (?:hundred|dozen)(?: and)?(?:[ -]${SAID}){0,4}|${SAID}(?:[ -]${SAID}){0,4})`;
const NUMBER = `(?:\\d{1,3}(?:,\\d{3}){1,2}|\\d{1,7}|${SAYING})`;

/** What is counted: the type, its words for several, its words for one. "Persons" are of any type, as in OFAC's use. */
const NOUNS: readonly (readonly [type: string, several: string, one: string])[] = [
  [
    "individual",
    "individuals|people|men|women|officials|nationals|citizens|leaders|hackers|operatives",
    "individual|man|woman|official|national|citizen|leader|hacker|operative",
  ],
  [
    "entity",
    "entities|companies|firms|organi[sz]ations|businesses|banks|institutions",
    "entity|company|firm|organi[sz]ation|business|bank|institution",
  ],
  ["vessel", "vessels|tankers|ships", "vessel|tanker|ship"],
  ["aircraft", "aircraft|planes|airplanes|helicopters", "aircraft|plane|airplane|helicopter"],
  ["unknown", "targets|parties|persons", "target|party|person"],
];
const END = "(?![\\p{L}\\d'\u2019-])";
const SEVERAL = `(?:${NOUNS.map(([, several]) => several).join("|")})${END}`;
const ONE = `(?:${NOUNS.map(([, , one]) => one).join("|")})${END}`;

/** Words that describe no party: with one of them another phrase begins. */
const BARE =
  "of|or|and|in|on|at|for|to|by|with|from|as|than|that|which|who|whose|where|is|are|was|were|has|have|the|an?|this|these|those|their|its|his|her|all|any|several|many|multiple|numerous|various|dozens|hundreds|thousands?|millions?|billions?";
const WORD = `(?!(?:${NUMBER}|${BARE})(?![\\p{L}\\d-]))[\\p{L}\\d][\\p{L}\\d.'\u2019/-]{0,40}`;
/** "oil and gas" describes; "financiers and" ends a phrase. */
const DESCRIBING = ` ${WORD}(?:(?<!s) and ${WORD})?`;
/** A number with what it counts: of several nouns behind it ("five individuals and entities") it counts all together. */
const COUNT = new RegExp(
  `(?<![\\w$\u20AC\u00A3.,-])(?:(?!(?:one|1)(?![\\p{L}\\d,-]| hundred| dozen))(?<many>${NUMBER})(?<these>(?:${DESCRIBING}){0,4}?) (?<nouns>${SEVERAL}(?:(?:, ${SEVERAL})*,? and ${SEVERAL})?)|(?<single>one|1|an?)(?<this>(?:${DESCRIBING}){0,4}) (?<noun>${ONE}))`,
  "giu",
);

/** "three other companies", "two designated banks": somebody else was counted before, or is not counted here. */
const BESIDES =
  / (?:other|additional|more|further|such|same|said|remaining|previously|already)\b|(?:designated|sanctioned|blocked|listed)\b/i;
/** "four individuals and Iran-based entities": of how many is the number? */
const UNCLEAR = new RegExp(
  `^,? and(?: (?!(?:identif|designat|sanction|target|block|remov|add)(?:y|i|e|s))${WORD}){1,2} ${SEVERAL}`,
  "iu",
);
/** "four individuals and entities they own" */
const OWNED = /^ (?:owned|controlled|managed|operated|led|run|they|he|she)\b/i;
/** "two Iranian and five Chinese individuals": the first number lacks its noun. */
const HALF = new RegExp(`(?<![\\p{L}\\d-])${NUMBER}(?: ${WORD}){0,3}(?<!s),? and\\s*$`, "iu");
const JOINT = /^(?:[,;](?: and)?| and|,? as well as|,? along with|,? together with|,? plus)$/;

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

/** Longer sentences are no prose: Treasury's have some 1,000 characters. */
const LONGEST = 5000;

/** The number claims of a body: runs of counts in sentences that say what was done to the parties counted. */
export function numberClaims(paragraphs: readonly string[]): NumberClaim[] {
  return paragraphs.flatMap((paragraph, index) =>
    sentences(paragraph).flatMap(({ text }) =>
      claimsOf(text.length > LONGEST ? "" : text).map(({ counts, from, to, operation }) => ({
        counts,
        text: text.slice(from, to),
        sentence: text,
        paragraph: index,
        operation,
      })),
    ),
  );
}

interface Count extends Span {
  readonly number: number;
  readonly type: string;
  /** "a company" counts nothing, except inside a run: "two individuals and an entity". */
  readonly article: boolean;
  readonly besides: boolean;
  /** One number over several nouns. */
  readonly together: boolean;
}

interface Run extends Span {
  readonly counts: readonly Count[];
}

interface Claim extends Span, Pick<Governor, "operation"> {
  readonly counts: Readonly<Record<string, number>>;
}

/** One claim per run; runs that count the same types add up ("three banks in Iran and two companies in China"). */
function claimsOf(sentence: string): Claim[] {
  const runs = runsOf(sentence);
  const governors = runs.length === 0 ? [] : governorsOf(sentence, runs);
  const claims: Claim[] = [];
  for (const run of runs) {
    const done = isClear(sentence, run) ? governing(sentence, run, governors, runs) : undefined;
    const counts = sum(run.counts.map(({ type, number }) => [type, number]));
    if (done === undefined || typesInOrder(counts).length === 0) continue;
    const { operation, participle } = done;
    const claim = { counts, from: run.from, to: run.to, operation };
    const last = claims.at(-1);
    if (last === undefined || last.operation !== operation || !overlap(last.counts, counts)) {
      claims.push(claim);
    } else if (!participle && !restates(sentence.slice(last.to, run.from))) {
      const both = sum([...Object.entries(last.counts), ...Object.entries(counts)]);
      claims[claims.length - 1] = { ...last, counts: both, to: run.to };
    }
  }
  return claims;
}

/** Counts joined by commas and "and" are one run: "four entities and one individual". */
function runsOf(sentence: string): Run[] {
  const runs: Count[][] = [];
  for (const { index, 0: text, groups = {} } of sentence.matchAll(COUNT)) {
    const number = numberOf(groups["many"] ?? groups["single"] ?? "");
    const type = typeOf(groups["nouns"] ?? groups["noun"] ?? "");
    if (number === undefined) continue;
    const besides = BESIDES.test(groups["these"] ?? groups["this"] ?? "");
    const article = /^an?$/i.test(groups["single"] ?? "");
    const together = / and /i.test(groups["nouns"] ?? "");
    const count = { number, type, article, besides, together, from: index, to: index + text.length };
    const last = runs.at(-1);
    if (last !== undefined && JOINT.test(sentence.slice(last.at(-1)?.to, index).trimEnd())) last.push(count);
    // After a comma, "a company" says what stands before it.
    else if (!article || !/,\s*$/.test(sentence.slice(0, index))) runs.push([count]);
  }
  return runs
    .filter((counts) => counts.some((count) => !count.article))
    .map((counts) => ({ counts, from: counts[0]?.from ?? 0, to: counts.at(-1)?.to ?? 0 }));
}

/** The type of what is counted; `unknown` for several of different types. */
function typeOf(nouns: string): string {
  const types = nouns.split(/,? and |, /i).map((noun) => {
    const named = ([, several, one]: (typeof NOUNS)[number]) =>
      new RegExp(`^(?:${several}|${one})$`, "i").test(noun);
    return NOUNS.find(named)?.[0] ?? "unknown";
  });
  return types.every((type) => type === types[0]) ? (types[0] ?? "unknown") : "unknown";
}

/** True when every number of a run plainly counts what stands behind it, and nobody besides. */
function isClear(sentence: string, run: Run): boolean {
  if (run.counts.some((count) => count.besides)) return false;
  const last = run.counts.at(-1);
  const behind = sentence.slice(run.to, run.to + 100);
  if ((last?.number ?? 0) > 1 && UNCLEAR.test(behind)) return false;
  if (last?.together && OWNED.test(behind)) return false;
  return !HALF.test(sentence.slice(Math.max(0, run.from - 100), run.from));
}

/** True when two counts cannot both be whole: an `unknown` one is of all types. */
function overlap(a: Claim["counts"], b: Claim["counts"]): boolean {
  return "unknown" in a || "unknown" in b || Object.keys(a).some((type) => type in b);
}

/** "35 targets: 13 entities and 22 vessels" says the same number twice. */
function restates(between: string): boolean {
  return /[:(\u2014\u2013]|\b(?:namely|consisting of|compris(?:ing|ed of)|composed of|made up of)\b/i.test(
    between,
  );
}

function sum(counts: readonly (readonly [type: string, number: number])[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const [type, number] of counts) out[type] = (out[type] ?? 0) + number;
  return out;
}
