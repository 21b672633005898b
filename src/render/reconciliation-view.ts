import {
  type Area,
  type ContextEntry,
  canonicalJson,
  compareText,
  type DeltaComparison,
  type ReconciledParty,
  type Reconciliation,
} from "../domain/index.ts";
import { type LinkView, linkView } from "./link.ts";
import { type WhyByParty, whyByParty } from "./why-view.ts";
import { AREA_WORDS, plural } from "./words.ts";
import { instantWords } from "./words-date.ts";

/** Whether list, notice, press release and OFAC's delta agree, and what the press release says why. */
export interface ChecksView {
  readonly verdict: string;
  readonly disagrees: boolean;
  readonly sentences: readonly string[];
  /** Parties that notice and list do not have alike. */
  readonly differing: readonly DifferingView[];
  readonly differingLeft: string | null;
  /** Paragraphs on parties that were neither added nor removed: those stand at the party. */
  readonly quotes: readonly QuoteView[];
  readonly why: WhyByParty;
  /** Both sides of a delta that does not agree. */
  readonly delta: readonly string[];
  /** How often this publication was compared, when more than once: late context is a comparison of its own. */
  readonly note: string | null;
}

export interface DifferingView {
  readonly name: string;
  readonly uid: number | null;
  readonly status: string;
  readonly details: readonly string[];
}

/** A paragraph of a press release, verbatim. */
export interface QuoteView {
  readonly text: string;
  readonly source: LinkView;
}

export const VERDICT: Readonly<Record<Reconciliation["verdict"], string>> = {
  agrees: "All witnesses at hand agree",
  disagrees: "The witnesses do not agree",
  "no other witness": "There is no other witness",
};

/** Where the newest reconciliation of a record stands. */
export const reconciliationPath = (recordId: string): string => `api/v1/reconciliations/${recordId}.json`;

/** Paragraphs quoted before the reader is sent to the press release. */
const QUOTED = 6;

/** What is said of a live publication nobody has compared with anything yet. */
export const UNCHECKED: ChecksView = {
  verdict: "Not compared yet",
  disagrees: false,
  sentences: ["No notice, press release or delta of OFAC's has been compared with this publication yet."],
  differing: [],
  differingLeft: null,
  quotes: [],
  why: new Map(),
  delta: [],
  note: null,
};

/** The newest reconciliation of a record; null when there is none. */
export function newestOf(id: string, entries: readonly ContextEntry[]): Reconciliation | null {
  return versionsOf(id, entries).at(-1)?.reconciliation ?? null;
}

/** Every reconciliation of a record as it was kept, the first one first. */
export function versionsOf(
  id: string,
  entries: readonly ContextEntry[],
): (ContextEntry & { readonly reconciliation: Reconciliation })[] {
  return entries
    .flatMap((entry) => {
      const { reconciliation } = entry;
      return reconciliation?.publication === id ? [{ ...entry, reconciliation }] : [];
    })
    .sort((a, b) => versionOf(a.id) - versionOf(b.id) || compareText(canonicalJson(a), canonicalJson(b)));
}

/** `sdn-20230523` is the first version of what it holds, `sdn-20230523-v2` the second. */
export function versionOf(id: string): number {
  return Number(/-v(\d+)$/.exec(id)?.[1] ?? "1");
}

/** How a record compares with what was said about it; null when nobody has compared it. */
export function checksOf(id: string, entries: readonly ContextEntry[]): ChecksView | null {
  const versions = versionsOf(id, entries);
  const newest = versions.at(-1);
  if (newest === undefined) return null;
  const times = versions.length;
  const note =
    times === 1 ? null : `Compared ${times} times, as notices and press releases came; this is the last.`;
  return { ...checksView(newest.reconciliation), note };
}

/** One comparison in words. */
export function checksView(found: Reconciliation): Omit<ChecksView, "note"> {
  const differing = found.parties.filter((party) => party.status !== "announced and listed");
  const left = differing.length - DIFFERING;
  return {
    verdict: VERDICT[found.verdict],
    disagrees: found.verdict === "disagrees",
    // They are kept for machines too, with instants as machines write them.
    sentences: found.sentences.map(instantsInWords),
    differing: differing.slice(0, DIFFERING).map(differingView),
    differingLeft: left <= 0 ? null : `${plural(left, "more party", "more parties")}, in the JSON`,
    quotes: quotes(found),
    why: whyByParty(found),
    delta: deltaLines(found.delta),
  };
}

/** Parties named where the sides differ; a day of hundreds that no notice names must not fill the page. */
const DIFFERING = 60;

const UNANNOUNCED: Readonly<Record<ReconciledParty["operation"], string>> = {
  add: "added, not announced",
  delete: "removed, not announced",
  change: "changed, not announced",
  other: "listed, not announced",
};

/** What the list did is called by its name: a removed party is not listed. */
function statusWords({ status, operation }: ReconciledParty): string {
  return status === "listed, not announced" ? UNANNOUNCED[operation] : status;
}

function instantsInWords(sentence: string): string {
  return sentence.replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z/gu, (instant) =>
    instantWords(instant),
  );
}

function differingView(party: ReconciledParty): DifferingView {
  return {
    name: party.name,
    uid: party.uid,
    status: statusWords(party),
    details: [
      ...party.differences.map(
        ({ area, notice, list: own }) => `${area}: notice ${quoteAll(notice)}, list ${quoteAll(own)}`,
      ),
      ...(party.explanation === undefined ? [] : [party.explanation]),
    ],
  };
}

/** Each paragraph once, in the order of the press release, however many parties it names. */
function quotes(found: Reconciliation): QuoteView[] {
  const titles = new Map(found.pressReleases.map((link) => [link.url, link.title]));
  const paragraphs = new Map<string, { order: string; quote: QuoteView }>();
  for (const { press, operation } of found.parties) {
    if (operation === "add" || operation === "delete") continue;
    for (const mention of press) {
      const order = `${mention.url} ${String(mention.paragraph).padStart(6, "0")}`;
      const source = linkView(titles.get(mention.url) ?? mention.pressRelease, mention.url);
      paragraphs.set(order, { order, quote: { text: mention.text, source } });
    }
  }
  return [...paragraphs.values()]
    .sort((a, b) => compareText(a.order, b.order))
    .slice(0, QUOTED)
    .map(({ quote }) => quote);
}

function deltaLines(delta: DeltaComparison): string[] {
  if (delta.verdict !== "differs") return [];
  const uids = (words: string, side: readonly number[]) =>
    side.length === 0 ? [] : [`${words}: uid ${side.slice(0, NAMED).join(", ")}${moreOf(side.length)}`];
  const areas = delta.areasDiffer
    .slice(0, NAMED)
    .map(({ uid, here, there }) => `uid ${uid} changed here in ${list(here)}, there in ${list(there)}`);
  return [
    ...uids("Added here only", delta.addedOnlyHere),
    ...uids("Added in OFAC's delta only", delta.addedOnlyThere),
    ...uids("Removed here only", delta.removedOnlyHere),
    ...uids("Removed in OFAC's delta only", delta.removedOnlyThere),
    ...uids("Changed here only", delta.modifiedOnlyHere),
    ...uids("Changed in OFAC's delta only", delta.modifiedOnlyThere),
    ...areas,
  ];
}

/** Uids named per line; the rest stands in the JSON. */
const NAMED = 30;
const moreOf = (count: number): string => (count > NAMED ? ` and ${count - NAMED} more` : "");
const list = (areas: readonly Area[]): string =>
  areas.length === 0 ? "nothing" : areas.map((area) => AREA_WORDS[area].one.toLowerCase()).join(", ");

const quoteAll = (texts: readonly string[]): string =>
  texts.length === 0 ? "nothing" : texts.map((text) => `\u201c${text}\u201d`).join(", ");
