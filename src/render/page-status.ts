import { FORMAT_VERSION, isListId, LIST_TITLE, type StatusFile } from "../domain/index.ts";
import { json } from "./api.ts";
import type { SiteStatus, SourceLooks } from "./input.ts";
import { absolute, publicationPath, renderPage } from "./page.ts";
import type { Bench } from "./plan.ts";
import { monthsView, stretchesView } from "./status-evidence.ts";
import { calendarView, lagView, newestInstant } from "./status-view.ts";
import { listWords, parties, plural } from "./words.ts";
import { dateWords, instantWords } from "./words-date.ts";

const NOBODY: SiteStatus = { at: null, sources: [], held: [], looks: [] };

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  publications: "OFAC\u2019s publication history",
  notices: "Notices and press releases",
};

const STATE_WORDS: Readonly<Record<string, string>> = {
  current: "Current",
  stale: "Stale: what is shown may be old",
  blocked: "Blocked: the source refuses us",
  held: "Read; removals wait",
};

/** Warnings shown; the publications' own pages have all. */
const ISSUES = 30;

/** How we look at the sources, what waits, how quick we are, and what was not understood. */
export function renderStatus(bench: Bench): Uint8Array {
  const { input, templates, placed, context, composed } = bench;
  const status = input.status ?? NOBODY;
  const issues = placed.toReversed().flatMap(({ stored: { record } }) => {
    const seen = context.observations.get(record.id)?.warnings ?? [];
    return [...record.issues, ...seen].map(({ code, message }) => ({
      path: publicationPath(record.id),
      day: dateWords(record.date),
      code,
      message,
    }));
  });
  const page = {
    path: "status/",
    title: "Status",
    description: "When we last looked at OFAC's lists, how that went, and what waits.",
    composed,
    feed: null,
    script: "status" as const,
  };
  return renderPage(templates, "site/status.hbs", input.site, page, {
    summary: summary(status),
    sources: status.sources.map(sourceView),
    held: status.held.map(({ list, since, reason, parties: count }) => ({
      list: listWords({ list }),
      since: instantWords(since),
      words: `${parties(count)} ${count === 1 ? "is" : "are"}`,
      reason,
    })),
    lag: lagView(placed, context),
    calendar: calendarView(status, placed, context),
    months: monthsView(status),
    stretches: stretchesView(status),
    issues: issues.slice(0, ISSUES),
    moreIssues:
      issues.length > ISSUES
        ? `${plural(issues.length - ISSUES, "older one", "older ones")} on the publications\u2019 own pages.`
        : null,
  });
}

function summary({ at, sources, held }: SiteStatus): string {
  if (at === null)
    return "Nobody has looked at OFAC\u2019s lists for this ledger yet; what is here was imported.";
  const trouble = sources.filter(({ state }) => state === "stale" || state === "blocked");
  const looked = `The newest look that is written down was on ${instantWords(at)}.`;
  if (trouble.length > 0)
    return `${plural(trouble.length, "source", "sources")} cannot be read at present. ${looked}`;
  if (held.length > 0) return `Every source answers, and removals wait for confirmation. ${looked}`;
  return `Every source answers. ${looked}`;
}

function sourceView({ source, state, lastLook, lastSuccess, lastChange, failure }: SourceLooks): object {
  const words = (instant: string | null) => (instant === null ? "never" : instantWords(instant));
  return {
    name: isListId(source) ? LIST_TITLE[source] : (SOURCE_WORDS[source] ?? source),
    state,
    stateWords: STATE_WORDS[state] ?? state,
    lastLook,
    lastLookWords: words(lastLook),
    lastSuccessWords: words(lastSuccess),
    lastChangeWords: words(lastChange),
    failure: failure === null ? null : `${failure.code}: ${failure.message}`,
  };
}

/** `status.json`: the one file that changes when we looked and found nothing. */
export function renderStatusJson({ input, placed }: Bench): Uint8Array {
  const status = input.status ?? NOBODY;
  const newest = placed.findLast(({ stored: { record } }) => record.kind === "publication")?.stored;
  return json({
    formatVersion: FORMAT_VERSION,
    lookedAt: status.at,
    answeredAt: newestInstant(status.sources.map(({ lastSuccess }) => lastSuccess)),
    sources: status.sources.map(({ source, state, lastLook, lastSuccess, since, failure }) => ({
      source,
      state,
      lastLook,
      lastSuccess,
      since: since ?? null,
      failure: failure?.code ?? null,
    })),
    held: status.held.map(({ list, parties: count, since }) => ({ list, parties: count, since })),
    behind: status.behind ?? null,
    newest:
      newest === undefined
        ? null
        : {
            id: newest.record.id,
            headline: newest.record.headline,
            hash: newest.hash,
            page: absolute(input.site, publicationPath(newest.record.id)),
          },
  } satisfies StatusFile);
}
