import type { PressMention, ReconciledParty, Reconciliation } from "../domain/index.ts";
import type { QuoteRow } from "./digest-blocks.ts";
import type { Language } from "./language.ts";
import { linkView } from "./link.ts";

/** Paragraphs quoted for one party: the one that names its authority, and the first that names it at all. */
const QUOTED = 2;

/** Why a party was listed or removed, in the words of those who did it. */
export interface Why {
  readonly quotes: readonly QuoteRow[];
  readonly notes: readonly string[];
}

export const NO_WHY: Why = { quotes: [], notes: [] };

const OPS: Readonly<Record<"add" | "remove", readonly ReconciledParty["operation"][]>> = {
  add: ["add", "other"],
  remove: ["delete", "other"],
};

/** Tells each paragraph once in a mail, at the first party it names; the others are referred there. */
export class WhyTeller {
  readonly #found: Reconciliation | null;
  readonly #language: Language;
  readonly #told = new Map<string, string>();
  readonly #titles: ReadonlyMap<string, string>;

  constructor(found: Reconciliation | null, language: Language) {
    this.#found = found;
    this.#language = language;
    this.#titles = new Map((found?.pressReleases ?? []).map(({ url, title }) => [url, title]));
  }

  of(op: "add" | "remove", uid: number, name: string): Why {
    const party = this.#found?.parties.find((one) => one.uid === uid && OPS[op].includes(one.operation));
    return party === undefined ? NO_WHY : this.#tell(party, name);
  }

  #tell({ press }: ReconciledParty, name: string): Why {
    const { why } = this.#language.words;
    const chosen = chosenOf(press);
    const fresh = chosen.filter((mention) => !this.#told.has(mention.text));
    const elsewhere = chosen.flatMap((mention) => this.#told.get(mention.text) ?? []);
    for (const mention of fresh) this.#told.set(mention.text, name);
    const left = press.length - chosen.length;
    const authorities = [...new Set(press.flatMap((mention) => mention.authorities))];
    return {
      quotes: quoteRows(fresh, this.#titles),
      notes: [
        ...[...new Set(elsewhere)].map((other) => this.#language.say(why.quotedAt, { name: other })),
        ...(left === 0 ? [] : [this.#language.count(why.more, left)]),
        ...(authorities.length === 0
          ? []
          : [this.#language.say(why.authorities, { authorities: authorities.join(", ") })]),
      ],
    };
  }
}

/** The first that names it, and the one with the most authorities, in the order of the press release. */
function chosenOf(press: readonly PressMention[]): readonly PressMention[] {
  const [weightiest] = [...press].sort((a, b) => b.authorities.length - a.authorities.length);
  const chosen = new Set([weightiest, ...press].filter((mention) => mention !== undefined));
  const some = new Set([...chosen].slice(0, QUOTED));
  return press.filter((mention) => some.has(mention));
}

/** Paragraphs with their source, which is named once for those that follow each other. */
export function quoteRows(
  mentions: readonly Pick<PressMention, "text" | "url" | "pressRelease">[],
  titles: ReadonlyMap<string, string>,
): QuoteRow[] {
  return mentions.map(({ text, url, pressRelease }, at) => ({
    text,
    source: mentions[at + 1]?.url === url ? null : linkView(titles.get(url) ?? pressRelease, url),
  }));
}
