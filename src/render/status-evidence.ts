import { isListId } from "../domain/index.ts";
import type { LookedStretch, MonthTimes, SiteStatus } from "./input.ts";
import { durationWords } from "./status-view.ts";
import { listWords, plural } from "./words.ts";
import { instantWords, monthWords } from "./words-date.ts";

/** A month of publications: how long until they reached each station. */
export interface MonthView {
  readonly month: string;
  readonly count: string;
  /** Whose instant is the beginning. */
  readonly from: string;
  /** One for each station, in the order of `STATIONS`. */
  readonly cells: readonly { readonly label: string; readonly text: string }[];
}

/** The stations of a publication, with their words. */
const STATIONS = [
  ["firstSeen", "First seen"],
  ["committed", "In the ledger"],
  ["deployed", "On this site"],
  ["firstMail", "First mail"],
  ["lastMail", "Last mail"],
] as const;

const FROM_WORDS = { published: "OFAC\u2019s instant", firstSeen: "our first look" } as const;

/** p50 and p95 of each month, from OFAC's instant where it is stated, else from our first sight; null without any. */
export function monthsView({ months = [] }: SiteStatus): {
  readonly stations: readonly string[];
  readonly months: readonly MonthView[];
} | null {
  const views = months.flatMap(monthViews);
  return views.length === 0 ? null : { stations: STATIONS.map(([, words]) => words), months: views };
}

function monthViews({ month, publications, times }: MonthTimes): MonthView[] {
  return (["published", "firstSeen"] as const).flatMap((from) => {
    const own = times.filter((one) => one.from === from);
    if (own.length === 0) return [];
    const cells = STATIONS.map(([to, label]) => {
      const found = own.find((one) => one.to === to);
      const text = found === undefined ? "\u2013" : `${words(found.p50)} / ${words(found.p95)}`;
      return {
        label,
        text: found !== undefined && found.count < publications ? `${text} (${found.count})` : text,
      };
    });
    return [
      {
        month: monthWords(`${month}-01`),
        count: plural(publications, "publication", "publications"),
        from: FROM_WORDS[from],
        cells,
      },
    ];
  });
}

function words(seconds: number): string {
  return durationWords(seconds * 1000);
}

/** Newest stretches shown; the JSON has all. */
const SHOWN = 12;

/** What was found when, newest first; null when nothing is written down. */
export function stretchesView({ stretches = [], lookMonths = [] }: SiteStatus): {
  readonly rows: readonly object[];
  readonly months: readonly string[];
} | null {
  if (stretches.length === 0) return null;
  return {
    rows: stretches.slice(-SHOWN).toReversed().map(stretchView),
    months: lookMonths.slice(-SHOWN).toReversed(),
  };
}

function stretchView({ from, to, looks, longestGap, found }: LookedStretch): object {
  const troubles = found.filter(({ state }) => state !== "current");
  return {
    from,
    fromWords: instantWords(from),
    to,
    toWords: instantWords(to),
    looks: plural(looks, "look", "looks"),
    gap: longestGap === null ? null : words(longestGap),
    state:
      troubles.length === 0
        ? "Every source answered"
        : troubles.map(({ source, state, failure }) => `${nameOf(source)}: ${failure ?? state}`).join("; "),
    files: found.flatMap(({ source, hash }) =>
      hash === null
        ? []
        : [{ name: nameOf(source), short: hash.slice("sha256:".length, "sha256:".length + 12), hash }],
    ),
  };
}

function nameOf(source: string): string {
  return isListId(source) ? listWords({ list: source }) : source;
}
