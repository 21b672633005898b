import type { LedgerRecord } from "../domain/index.ts";
import { grouped, joinAnd } from "./words.ts";
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

/** Events of a record, or those that concern some of its parties. Mass edits have a section of their own. */
export function eventViews(record: LedgerRecord, uids?: ReadonlySet<number>): EventView[] {
  const names = new Map(record.changes.map((change) => [change.uid, change.name]));
  return record.judgement.events
    .filter((event) => event.kind !== "mass-edit")
    .filter((event) => uids === undefined || event.uids.some((uid) => uids.has(uid)))
    .map((event) => {
      const own = uids === undefined ? event.uids : event.uids.filter((uid) => uids.has(uid));
      const shown = own.length <= NAMED + 1 ? own : own.slice(0, NAMED);
      const rest = own.length - shown.length;
      return {
        name: eventName(event.kind),
        verb: event.legalVerb ?? null,
        statement: event.statement ?? null,
        remainsOn: remains(event.remainsOn),
        parties: shown.map((uid) => ({ uid, name: names.get(uid) ?? `uid ${uid}` })),
        more: rest === 0 ? null : `${grouped(rest)} more`,
        certainty: event.certainty,
        evidence: event.evidence,
      };
    });
}

/** By uid, the lists a removed party is still on. */
export function remainingLists(record: LedgerRecord): ReadonlyMap<number, string> {
  const lists = new Map<number, string>();
  for (const event of record.judgement.events) {
    const words = remains(event.remainsOn);
    if (words !== null) for (const uid of event.uids) lists.set(uid, words);
  }
  return lists;
}

function remains(lists: readonly string[] | undefined): string | null {
  return lists === undefined || lists.length === 0 ? null : joinAnd(lists);
}
