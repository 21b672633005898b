import {
  decodeParty,
  type Issue,
  type LedgerRecord,
  type NoticeReading,
  nameKey,
  type Party,
  type Reconciliation,
} from "../../domain/index.ts";
import { readNotice } from "../../parse/index.ts";
import { namesOf, type PartyLookup, reconcile, stateLookup } from "../../reconcile/index.ts";
import type { Step } from "./step.ts";
import { keyOf, ownPart, type Testimony } from "./testimony.ts";

/** A reconciliation, and what of the pages' lines could not be understood. */
export interface Reconciled {
  readonly reconciliation: Reconciliation;
  readonly issues: readonly Issue[];
}

/**
 * Reconciles one record with what is at hand. A page counts when it has lines of this list: a licence of the same
 * day says nothing of what the list should do. It counts when it is of the record's own day, or of a day whose
 * publication the record covers; else only when it announces what this record did and no record of the page's own day
 * did, or every page would be held against the records of three days.
 */
export function reconcileStep(step: Step, testimony: Testimony): Reconciled {
  const { record, neighbours } = step;
  const lookup = stateLookup(step.after);
  const before = namesOf(partiesBefore(step));
  const known = { has: (key: string) => lookup.has(key) || before.has(key) };
  const covered = new Set(record.ofacPublications.map(({ datePublished }) => datePublished.slice(0, 10)));
  const readings = testimony.notices
    .map((notice) => readNotice(notice, known))
    .filter((reading) => {
      if (testimony.given) return true;
      if (linesOf(reading, record.list).length === 0) return false;
      const { date } = reading.notice;
      if (date === record.date || covered.has(date)) return true;
      const own = neighbours.filter((other) => other.date === date);
      return announces(reading, record, lookup, own);
    });
  const press = testimony.press(readings.map(({ notice }) => notice));
  const witnesses = {
    record,
    notices: readings,
    delta: ownPart(testimony.delta, record, neighbours),
    lookup,
    sameDay: neighbours,
    ...(testimony.firstSeen === undefined ? {} : { firstSeen: testimony.firstSeen }),
  };
  const issues = readings.flatMap((reading) => reading.issues);
  const found = reconcile({ ...witnesses, pressReleases: press });
  // A press release counts the parties of the SDN list; of the other list it speaks when it names one of its parties.
  if (record.list === "sdn" || testimony.given) return { reconciliation: found, issues };
  const naming = press.filter(({ id }) =>
    found.parties.some((party) => party.press.some((mention) => mention.pressRelease === id)),
  );
  const own = naming.length === press.length ? found : reconcile({ ...witnesses, pressReleases: naming });
  return { reconciliation: own, issues };
}

/** Parties that the record took or changed, as they were. */
function* partiesBefore({ record, before }: Step): Generator<Party> {
  for (const { uid } of record.changes) {
    const line = before.get(uid);
    if (line !== undefined) yield decodeParty(line);
  }
}

/** Lines that speak of this list, or of none by name. */
function linesOf({ lines }: NoticeReading, list: LedgerRecord["list"]): NoticeReading["lines"] {
  return lines.filter(
    (line) => line.list === null || (line.list === "SDN List" ? "sdn" : "consolidated") === list,
  );
}

const OPERATION = { add: "add", remove: "delete", modify: "change" } as const;

/** Whether a page announces something that this record did, and that none of the others did. */
function announces(
  reading: NoticeReading,
  record: LedgerRecord,
  lookup: PartyLookup,
  others: readonly LedgerRecord[],
): boolean {
  const elsewhere = new Set(others.flatMap(({ changes }) => changes.map(keyOf)));
  const done = record.changes.filter((change) => !elsewhere.has(keyOf(change)));
  const names = new Map<string, Set<string>>();
  for (const change of done) {
    const party =
      change.op === "add" ? change.after : change.op === "remove" ? change.before : lookup.byUid(change.uid);
    if (party === undefined) continue;
    for (const name of namesOf([party])) {
      names.set(name, (names.get(name) ?? new Set<string>()).add(OPERATION[change.op]));
    }
  }
  return linesOf(reading, record.list).some((line) => {
    const claims = [...(line.before?.claims ?? []), ...(line.after?.claims ?? [])];
    return claims.some(
      ({ area, value }) =>
        (area === "name" || area === "alias") && names.get(nameKey(value))?.has(line.operation) === true,
    );
  });
}
