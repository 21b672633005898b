import type { DigestPublication, DigestSubscription, OpenMatch } from "./digest-input.ts";
import type { SiteFacts } from "./input.ts";
import type { Language } from "./language.ts";
import type { LinkView } from "./link.ts";
import { absolute } from "./page.ts";

/** What each reader has of his own, below everything else. */
export interface FootView {
  readonly notes: readonly string[];
  readonly unsubscribe: readonly LinkView[];
  readonly disclaimers: readonly string[];
  readonly site: LinkView;
}

export function footView(
  subscription: DigestSubscription,
  publications: readonly Pick<DigestPublication, "open">[],
  site: SiteFacts,
  language: Language,
): FootView {
  const { mail } = language.words;
  return {
    notes: [
      followed(subscription, language),
      ...publications.flatMap(({ open }) => (open ?? []).map((one) => openSentence(one, language))),
    ],
    unsubscribe: subscription.unsubscribe
      .filter((address) => /^(?:https|mailto):/u.test(address))
      .map((href) => ({ title: mail.unsubscribe, href })),
    disclaimers: [mail.notOfac, mail.fiftyPercent],
    site: { title: site.title, href: absolute(site, "") },
  };
}

const FILTERS = {
  lists: "filterLists",
  programs: "filterPrograms",
  types: "filterTypes",
  countries: "filterCountries",
  events: "filterEvents",
  minimumMateriality: "filterMateriality",
} as const;

function followed({ id, filters }: DigestSubscription, language: Language): string {
  const { mail } = language.words;
  const known = new Map<string, (typeof FILTERS)[keyof typeof FILTERS]>(Object.entries(FILTERS));
  const what = filters.flatMap(({ filter, values }) => {
    const message = known.get(filter);
    return message === undefined ? [] : [language.say(mail[message], { values: values.join(", ") })];
  });
  return language.say(mail.subscription, { id, what: what.length === 0 ? mail.everything : what.join("; ") });
}

/** Why some parties are shown although a filter could not be checked. */
function openSentence({ filter, why, uids }: OpenMatch, language: Language): string {
  const { filters, mail } = language.words;
  const known: Readonly<Record<string, string>> = filters;
  return language.count(mail.filterUnchecked, uids.length, {
    filter: known[filter] ?? filter,
    why: known[why] ?? why,
  });
}
