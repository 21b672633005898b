import { type ContextEntry, canonicalJson, compareText, type Reconciliation } from "../domain/index.ts";
import { type LinkView, linkView } from "./link.ts";

/** Whether list, notice, press release and OFAC's delta agree, and what the press release says why. */
export interface ChecksView {
  readonly verdict: string;
  readonly disagrees: boolean;
  readonly sentences: readonly string[];
  /** Parties that notice and list do not have alike. */
  readonly differing: readonly DifferingView[];
  readonly quotes: readonly QuoteView[];
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

const VERDICT: Readonly<Record<Reconciliation["verdict"], string>> = {
  agrees: "All witnesses at hand agree",
  disagrees: "The witnesses do not agree",
  "no other witness": "There is no other witness",
};

/** Paragraphs quoted before the reader is sent to the press release. */
const QUOTED = 6;

/** What is said of a live publication nobody has compared with anything yet. */
export const UNCHECKED: ChecksView = {
  verdict: "Not compared yet",
  disagrees: false,
  sentences: ["No notice, press release or delta of OFAC's has been compared with this publication yet."],
  differing: [],
  quotes: [],
};

/** The reconciliation of a record; of several the one with the most witnesses. Null when there is none. */
export function checksOf(id: string, entries: readonly ContextEntry[]): ChecksView | null {
  const own = entries
    .flatMap(({ reconciliation }) => (reconciliation?.publication === id ? [reconciliation] : []))
    .sort((a, b) => witnesses(b) - witnesses(a) || compareText(canonicalJson(a), canonicalJson(b)));
  const [best] = own;
  return best === undefined ? null : checksView(best);
}

function checksView(found: Reconciliation): ChecksView {
  return {
    verdict: VERDICT[found.verdict],
    disagrees: found.verdict === "disagrees",
    sentences: found.sentences,
    differing: found.parties
      .filter((party) => party.status !== "announced and listed")
      .map((party) => ({
        name: party.name,
        uid: party.uid,
        status: party.status,
        details: [
          ...party.differences.map(
            ({ area, notice, list }) => `${area}: notice ${quoteAll(notice)}, list ${quoteAll(list)}`,
          ),
          ...(party.explanation === undefined ? [] : [party.explanation]),
        ],
      })),
    quotes: quotes(found),
  };
}

/** Each paragraph once, in the order of the press release, however many parties it names. */
function quotes(found: Reconciliation): QuoteView[] {
  const titles = new Map(found.pressReleases.map((link) => [link.url, link.title]));
  const paragraphs = new Map<string, { order: string; quote: QuoteView }>();
  for (const { press } of found.parties) {
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

function witnesses(found: Reconciliation): number {
  const delta = found.delta.verdict === "not cross-checked" ? 0 : 1;
  return found.notices.length + found.pressReleases.length + delta;
}

const quoteAll = (texts: readonly string[]): string =>
  texts.length === 0 ? "nothing" : texts.map((text) => `\u201c${text}\u201d`).join(", ");
