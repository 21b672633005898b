import type { JudgedEvent, LedgerRecord } from "../domain/index.ts";
import { ended } from "./text.ts";
import { capital, grouped, joinAnd } from "./words.ts";
import { eventName } from "./words-event.ts";

/** What a change means, as the judge found it. */
export interface EventView {
  readonly name: string;
  /** `designated`, where the source gives a legal verb. */
  readonly verb: string | null;
  /** The judge's own sentence. */
  readonly statement: string | null;
  /** Lists the parties are still on. */
  readonly remainsOn: string | null;
  /** The first few; the sections of the publication hold all. */
  readonly parties: readonly { readonly uid: number; readonly name: string }[];
  /** `487 more`; null when all are named. */
  readonly more: string | null;
  readonly certainty: string;
  readonly evidence: readonly string[];
}

/** Parties an event names before it only counts them. */
const NAMED = 6;

/** Told with the party itself, and of so many parties that a list of them would bury the rest. */
const WITH_PARTY: ReadonlySet<string> = new Set([
  "listing",
  "delisting",
  "list-removal",
  "list-transfer",
  "re-listing",
]);

/** Told in a section of their own. */
const APART = "mass-edit";

/** Events of a record, or those that concern some of its parties, that no section tells already. */
export function eventViews(record: LedgerRecord, uids?: ReadonlySet<number>): EventView[] {
  const names = new Map(record.changes.map((change) => [change.uid, change.name]));
  return record.judgement.events
    .filter((event) => event.kind !== APART && !isToldWithParty(event))
    .filter((event) => uids === undefined || event.uids.some((uid) => uids.has(uid)))
    .map((event) => {
      const own = uids === undefined ? event.uids : event.uids.filter((uid) => uids.has(uid));
      const shown = own.length <= NAMED + 1 ? own : own.slice(0, NAMED);
      const rest = own.length - shown.length;
      return {
        name: eventName(event.kind),
        verb: event.legalVerb ?? null,
        statement: event.statement === undefined ? null : ended(event.statement),
        remainsOn: remains(event.remainsOn),
        parties: shown.map((uid) => ({ uid, name: names.get(uid) ?? `uid ${uid}` })),
        more: rest === 0 ? null : `${grouped(rest)} more`,
        certainty: event.certainty,
        evidence: event.evidence.map(ended),
      };
    });
}

/** What an event says of one party, beside that party. */
export interface PartyEventView {
  /** `Designated pursuant to …; added to the SDN List.`; null where the judge has no sentence. */
  readonly statement: string | null;
  readonly likely: boolean;
  readonly remainsOn: string | null;
}

/** By uid, the event that is told with the party. */
export function partyEvents(record: LedgerRecord): ReadonlyMap<number, PartyEventView> {
  const views = new Map<number, PartyEventView>();
  const names = new Map(record.changes.map((change) => [change.uid, change.name]));
  for (const event of record.judgement.events.filter(isToldWithParty)) {
    for (const uid of event.uids) {
      const prefix = `${names.get(uid) ?? ""} (${uid}): `;
      const said = event.statement ?? null;
      views.set(uid, {
        statement:
          said === null ? null : ended(said.startsWith(prefix) ? capital(said.slice(prefix.length)) : said),
        likely: event.certainty === "likely",
        remainsOn: remains(event.remainsOn),
      });
    }
  }
  return views;
}

/** One event about several parties stays an event of its own. */
function isToldWithParty(event: JudgedEvent): boolean {
  return WITH_PARTY.has(event.kind) && event.uids.length === 1;
}

function remains(lists: readonly string[] | undefined): string | null {
  return lists === undefined || lists.length === 0 ? null : joinAnd(lists);
}
