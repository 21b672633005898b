import type { ReconciledParty, Reconciliation } from "../domain/index.ts";
import { type LinkView, linkView } from "./link.ts";
import type { PartyView } from "./party-view.ts";
import type { PartyGroup, PublicationView } from "./publication-view.ts";
import { plural } from "./words.ts";

/** Why a party was listed or removed, in the words of those who did it. */
export interface WhyView {
  readonly quotes: readonly WhyQuote[];
  /** Paragraphs that name it and are not quoted. */
  readonly more: string | null;
  /** `E.O. 13687`, as the press release names it for this party. */
  readonly authorities: string | null;
  /** Notices that announce it. */
  readonly notices: readonly LinkView[];
}

/** A paragraph of a press release, verbatim. */
export interface WhyQuote {
  /** Null where the same paragraph stands above already, at another party. */
  readonly text: string | null;
  /** That other party. */
  readonly above: string | null;
  readonly source: LinkView;
}

/** Whys by `add 43336`, `remove 7601`. */
export type WhyByParty = ReadonlyMap<string, WhyView>;

/** Paragraphs quoted for one party: the one that names its authority, and the first that names it at all. */
const QUOTED = 2;

const OPS: Readonly<Record<ReconciledParty["operation"], readonly string[]>> = {
  add: ["add"],
  delete: ["remove"],
  change: [],
  other: ["add", "remove"],
};

/** What is known of each added or removed party. */
export function whyByParty(found: Reconciliation): WhyByParty {
  const titles = new Map(found.pressReleases.map((link) => [link.url, link.title]));
  const whys = new Map<string, WhyView>();
  for (const party of found.parties) {
    if (party.uid === null || party.notices.length + party.press.length === 0) continue;
    const view = whyOf(party, found, titles);
    for (const op of OPS[party.operation]) whys.set(`${op} ${party.uid}`, view);
  }
  return whys;
}

function whyOf(
  { press, notices }: ReconciledParty,
  found: Reconciliation,
  titles: ReadonlyMap<string, string>,
): WhyView {
  const weightiest = [...press].sort((a, b) => b.authorities.length - a.authorities.length);
  const chosen = new Set([weightiest[0], ...press].filter((mention) => mention !== undefined));
  const quoted = new Set([...chosen].slice(0, QUOTED));
  const authorities = [...new Set(press.flatMap((mention) => mention.authorities))];
  const left = press.length - quoted.size;
  return {
    quotes: press
      .filter((mention) => quoted.has(mention))
      .map(({ text, url, pressRelease }) => ({
        text,
        above: null,
        source: linkView(titles.get(url) ?? pressRelease, url),
      })),
    more: left === 0 ? null : `${plural(left, "more paragraph names", "more paragraphs name")} it`,
    authorities: authorities.length === 0 ? null : authorities.join(", "),
    notices: found.notices
      .filter(({ url }) => notices.some((id) => url.endsWith(`/${id}`)))
      .map(({ title, url }) => linkView(title, url)),
  };
}

/**
 * The view with the why of each party that was added or removed. `once`: a paragraph that names several is quoted at
 * the first of them, as suits a mail.
 */
export function withWhy(view: PublicationView, whys: WhyByParty | undefined, once: boolean): PublicationView {
  if (whys === undefined || whys.size === 0) return view;
  const told = new Map<string, string>();
  const tell = (party: PartyView, op: string): PartyView => {
    const why = whys.get(`${op} ${party.uid}`);
    if (why === undefined) return party;
    const referred = new Set<string>();
    const quotes = why.quotes.flatMap((quote): WhyQuote[] => {
      const above = once ? told.get(quote.text ?? "") : undefined;
      if (above === undefined) {
        told.set(quote.text ?? "", party.name);
        return [quote];
      }
      if (referred.has(above)) return [];
      referred.add(above);
      return [{ ...quote, text: null, above }];
    });
    // A mail names its notices once, at the top.
    return { ...party, why: { ...why, quotes, notices: once ? [] : why.notices } };
  };
  const groups = (all: readonly PartyGroup[], op: string) =>
    all.map((group) => ({ ...group, parties: group.parties.map((party) => tell(party, op)) }));
  return { ...view, added: groups(view.added, "add"), removed: groups(view.removed, "remove") };
}
