/** What was done to the parties that a verb governs. */
type Done = "add" | "delete";

/** A stretch of a sentence. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A verb, or a noun made of one, that may say what was done to the parties counted behind it. */
export interface Governor extends Span {
  readonly operation: Done;
  /** The clause before it names OFAC or another part of the U.S. government, or carries on where that did it. */
  readonly ours: boolean;
  /** It tells of the action the press release is about, not of an earlier one. */
  readonly current: boolean;
  /** "designating": tells what is being done, or hangs on another verb. */
  readonly acting: boolean;
  /** "…, designating three entities": says again, in parts, what the clause before it said. */
  readonly participle: boolean;
}

/** How far a verb and what it governs may stand apart. */
const REACH = 500;

const SANCTIONS =
  "(?: (?:the|its|all|certain|U\\.S\\.|OFAC|blocking|economic|secondary|existing|previous))* (?:sanctions|designations?|restrictions)";
const GOVERNOR = new RegExp(
  `(?<![\\p{L}\\d-])(?:(?<undone>(?:lift|eas|remov|rescind|revok|terminat)(?:s|es|ed|ing)${SANCTIONS} (?:on|against|of|for|from)|remov(?:es|ed|ing)|de-?list(?:s|ed|ing)|(?:removals?|de-?listings?) of)|impos(?:es|ed|ing)(?:(?! restrictions| and) [\\p{L}.'\u2019-]+){0,4}? sanctions|sanction(?:s|ed|ing)|designat(?:es|ed|ing|ions? of)|identif(?:ies|ied|ying|ications? of)|(?:add|block)(?:s|ed|ing)|target(?:s|ed|ing)?|actions? against)(?![\\p{L}-])`,
  "giu",
);

/** Who acts: OFAC and those it acts with, or the action itself. */
const ACTOR =
  /\b(?:OFAC|Treasury|Office|Departments?|(?<!Islamic )State|United States|Administration|Secretary|[Ww]e)\b|(?<![\p{L}-])U\.S\.(?!-)|\b(?:[Tt]oday[\u2019']s|[Tt]his|[Tt]hese|[Tt]he) (?:[\p{L}-]+ ){0,2}?(?:actions?|sanctions|designations?|measures?|package|tranche|round|announcement)\b|^Sanctions\b/u;
/** Words that a clause may have before its verb without naming who acts. */
const FILLER =
  /\bas well as\b|\b(?:is|are|was|were|being|been|has|have|also|today|now|then|further(?:more)?|additionally|concurrently|simultaneously|separately|jointly|the|an?|by|and|but|while|it|announc(?:ed|es|ing)|that|today[\u2019']s)\b|[^\p{L}]+/giu;
/** What makes a clause tell of somebody else, of something else, or of what was not done. */
const ASIDE =
  /\b(?:(?<!announc(?:ed|es|ing) )that|which|who|whom|whose|where|when|follow(?:s|ed|ing)?|buil(?:ds?|t|ding) (?:up)?on|after|since|complement\w*|supplement\w*|reinforc\w*|in addition to|includ(?:es?|ed|ing)|prior|previous(?:ly)?|earlier|already|last|not|never|could|may|might|would)\b/i;

/** A clause that recalls an earlier action; the main clause stands behind its comma. */
const RECALLS = /^(?:[^\u2014\u2013:]{0,60}[\u2014\u2013:]\s*)?(?:Following|Building (?:up)?on|After)\b/i;
const MONTH =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.)";
const PAST = new RegExp(
  `\\b(?:[Pp]reviously|[Ee]arlier|[Ff]ormerly|[Aa]lready|[Aa]go|[Tt]o date|[Ss]o far|[Ss]ince|[Ll]ast (?:week|month|year|spring|summer|fall|autumn|winter|\\p{Lu}\\p{L}+)|[Ii]n recent|(?:[Oo]ver|[Ii]n|[Dd]uring) the (?:past|last)|(?:[Ii]n|[Oo]n|[Dd]uring|[Bb]y) (?:(?:early|late|mid)[ -])?(?:${MONTH}|(?:19|20)\\d\\d\\b)|${MONTH} \\d{1,2}, (?:19|20)\\d\\d)`,
  "u",
);
/** "has designated 500 targets": over the years. */
const PERFECT = /\b(?:has|have|had)\b(?! been)/i;
const NOW = /\b(?:today|this week|now|hereby|concurrent(?:ly)?)\b/i;

/** The verbs of a sentence, in order; a word inside one of its counts ("12 targets") is none. */
export function governorsOf(sentence: string, counts: readonly Span[]): Governor[] {
  const verbs = [...sentence.matchAll(GOVERNOR)]
    .map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      operation: match.groups?.["undone"] === undefined ? ("add" as const) : ("delete" as const),
      acting: /ing$/i.test(match[0]),
    }))
    .filter((verb) => !counts.some((count) => count.from < verb.to && verb.from < count.to));
  const starts = verbs.map((verb, i) => clauseStart(sentence, verb.from, verbs[i - 1]?.to));
  const recalls = RECALLS.test(sentence);
  const governors: Governor[] = [];
  for (const [i, { from, to, operation, acting }] of verbs.entries()) {
    const before = governors.at(-1);
    const clause = sentence.slice(starts[i], from);
    const named = ACTOR.test(clause);
    const carries = !named && clause.replace(FILLER, "") === "";
    const lead = leadOf(sentence, from, before?.to);
    const said = recalls && !governors.some((one) => one.ours) ? clause : lead;
    const rest = sentence.slice(to, Math.min(starts[i + 1] ?? sentence.length, to + REACH));
    const progressive = acting && /\b(?:is|are)\b/i.test(clause);
    const now = progressive || NOW.test(said) || NOW.test(rest);
    const past = PERFECT.test(clause) || PAST.test(said) || PAST.test(rest);
    governors.push({
      from,
      to,
      operation,
      ours: !ASIDE.test(clause) && (named || (carries && (before?.ours ?? ACTOR.test(lead)))),
      current: carries && before !== undefined ? before.current || NOW.test(clause) : now || !past,
      acting,
      participle:
        acting && carries && !progressive && before !== undefined
          ? !(before.acting && sentence.slice(0, starts[i]).endsWith(" and ")) || before.participle
          : false,
    });
  }
  return governors;
}

function leadOf(sentence: string, at: number, previous = 0): string {
  return sentence.slice(Math.max(previous, at - REACH), at);
}

/** Where the clause of a verb begins: after a comma, a dash, the verb before it, or the "and" behind that. */
function clauseStart(sentence: string, at: number, previous: number | undefined): number {
  const from = Math.max(previous ?? 0, at - REACH);
  const boundary = previous === undefined ? /[,;:\u2014\u2013(]/g : /[,;:\u2014\u2013(]| (?:and|but|while) /g;
  let start = from;
  for (const match of sentence.slice(from, at).matchAll(boundary))
    start = from + match.index + match[0].length;
  return start;
}

/** What a run of counts is the object of: words that may stand right before it. */
const JOINED =
  /(?:^|[,:\u2014\u2013]|\b(?:and|as well as|(?:along|together) with|plus|on|against|today|the following|consisting of|comprising|comprised of|composed of|made up of))\s*$/;
/** "a network of four entities": the network is what is counted; its owner is not. */
const GATHERED =
  /(?<!\b(?:of|in|from|for|by|with|to|behind) (?:(?:an?|the|his|her|its|their) )?(?:[\p{L}-]+ ){0,3})\b(?:networks?|total|groups?|rings?|webs?|cells?|fleets?|lists?|sets?|series|clusters?|syndicates?) of\s*$/iu;
/** What ends the reach of a verb: behind it other things are done, by others, or parts of the whole are named. */
const BARRIER =
  /;|\b(?:that|which|who|whom|whose|where|when|while|because|after|before|since|until|for|to|by|with|from|through|via|using|over|including|includes?|such as|e\.g\.|for example|among|of (?:these|those|them))\b/i;
/** Phrases with a barrier's word that are none. */
const HARMLESS =
  /\bpursuant to\b|\b(?:along|together|in (?:coordination|conjunction|partnership|consultation)) with\b|\b(?:to|from) (?:the|its|OFAC[\u2019']s)\b[^,;]{0,60}\b[Ll]ist\b/g;

/** What was done to the parties of a run of counts; undefined when no verb of ours plainly says it. */
export function governing(
  sentence: string,
  run: Span,
  governors: readonly Governor[],
  runs: readonly Span[],
): Pick<Governor, "operation" | "participle"> | undefined {
  const nearest = governors.findLast((one) => one.to <= run.from);
  if (nearest?.ours && nearest.current && run.from - nearest.to < REACH) {
    const between = sentence.slice(nearest.to, run.from).replace(HARMLESS, "");
    const object = (JOINED.test(between) || GATHERED.test(between)) && !BARRIER.test(between);
    const taken = nearest.operation === "delete" && elsewhere(sentence.slice(run.to, run.to + REACH));
    if (object && !taken) return nearest;
  }
  const operation = passive(sentence, run, runs);
  return operation === undefined ? undefined : { operation, participle: false };
}

const PASSIVE =
  /^(?<about>[^;:,]{0,200}?)\b(?:is|are|was|were|has been|have been)(?: (?:also|today|now|being|hereby|all|each))* (?<verb>designated|sanctioned|identified|added|targeted|blocked|removed|de-?listed|lifted|rescinded|revoked|terminated)\b(?! by (?!OFAC|Treasury|the (?:U\.S\.|United States|Department|Office)))/iu;
const OTHER_CLAUSE =
  /\b(?:and|but|that|which|who|whom|whose|where|when|while|because|after|before|since|until)\b/i;

/** "Four individuals were removed": who was acted on stands first. */
function passive(sentence: string, run: Span, runs: readonly Span[]): Done | undefined {
  const before = sentence.slice(Math.max(0, run.from - REACH), run.from);
  const parties = /(?:^|[,;:\u2014\u2013]|\bthe following)\s*$/i.test(before);
  const sanctions = /(?:^|[,;:\u2014\u2013] )(?:the )?(?:sanctions|designations?) (?:on|against|of) $/i.test(
    before,
  );
  if (!parties && !sanctions) return undefined;
  const behind = sentence.slice(run.to, run.to + REACH);
  const parts = /^, including [^,;]*,/.exec(behind)?.[0].length ?? 0;
  const match = PASSIVE.exec(behind.slice(parts));
  const { about = "", verb = "" } = match?.groups ?? {};
  if (match === null || OTHER_CLAUSE.test(about)) return undefined;
  const [from, to] = [run.to + parts, run.to + parts + match[0].length];
  if (runs.some((other) => other.from >= from && other.from < to)) return undefined;
  if (!NOW.test(sentence) && (PAST.test(before) || PAST.test(sentence.slice(to, to + REACH))))
    return undefined;
  const lifted = /^(?:lifted|rescinded|revoked|terminated)$/i.test(verb);
  if (!lifted && !/^(?:removed|de-?listed)$/i.test(verb)) return parties ? "add" : undefined;
  return lifted === sanctions && !elsewhere(sentence.slice(to, to + REACH)) ? "delete" : undefined;
}

/** "removed from their homes": from what is no list. */
function elsewhere(behind: string): boolean {
  return /^ from (?![^,;]{0,80}\b(?:lists?|SDN|sanctions|designations?)\b)/i.test(behind);
}
