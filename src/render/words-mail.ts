import type { OpenMatch } from "./digest-input.ts";
import { parties } from "./words.ts";

/** Everything a mail says that is not a fact. One table, so that another language is another table. */
export const MAIL_WORDS = {
  added: "Added",
  removed: "Removed",
  massEdits: "The same edit on many parties",
  changed: "Changed",
  changedBeside: "Changed beside that",
  unknown: "Not shown by the source",
  unknownNote: "These look different, but the source does not show enough to call them changes.",
  notices: "OFAC's notice",
  pressReleases: "Press release",
  events: "What happened",
  before: "Before",
  after: "After",
  notThere: "not there",
  checks: "Checks",
  quotes: "On changed parties, in the words of the press release",
  quotedAt: "Named in what is quoted at",
  authorities: "Authority named there",
  items: "Also announced that day",
  expires: "until, in OFAC's words:",
  coverage: "What this source did not cover",
  links: "Look further",
  page: "Page",
  json: "JSON",
  hash: "Record hash",
  source: "Source",
  remainsOn: "Remains on",
  firstSeen: "First seen",
  happened: "Happened",
  why: "Why you get this",
  unsubscribe: "Unsubscribe",
  unchangedSubject: "OFAC sanctions lists: no changes",
  unchanged: "Nothing changed on the lists you follow.",
  lookedAt: "Last look at every list",
  neverLooked: "not yet",
  programs: "Programs",
  type: "Type",
  uid: "uid",
  legal: "Legal effect",
  screening: "Screening effect",
  onPage: "on the page",
  unconfirmed: "Nothing confirmed these removals within a day. They are published as the file has them.",
} as const;

const OPEN_WHY: Readonly<Record<string, string>> = {
  "source-silent": "the source does not show it",
  "not-recorded": "the record holds only what changed",
  "not-stated": "OFAC states none",
  "not-judged": "the change was not judged",
};

/** Why some parties are shown although a filter could not be checked. */
export function openSentence(open: OpenMatch): string {
  const why = OPEN_WHY[open.why] ?? open.why.replaceAll("-", " ");
  return `The filter on ${open.filter} could not be checked for ${parties(open.uids.length)}, which are shown to be safe: ${why}.`;
}

export type MailWords = typeof MAIL_WORDS;
