import { compose, composeAll, invert } from "../diff/index.ts";
import {
  type CatchUp,
  type ChangeSet,
  type Coverage,
  canonicalJson,
  changeCounts,
  FORMAT_VERSION,
  type LedgerRecord,
  type StatePoint,
  UsageError,
} from "../domain/index.ts";
import type { LedgerFiles } from "../ledger/index.ts";
import { findPoint, type Point, type PointOptions } from "./past/point.ts";

/**
 * One change set for (a, b]; backwards when `b` is the earlier one. Both are of one list and segment: what lies
 * between two segments is no chain of records, and `diff` compares their states instead.
 * @throws UsageError `different-segments`, and as `findPoint`
 */
export function composeRange(files: LedgerFiles, a: string, b: string, options: PointOptions = {}): CatchUp {
  const from = findPoint(files, a, options);
  const to = findPoint(files, b, options);
  if (from.head.list !== to.head.list || from.head.segment !== to.head.segment) {
    throw new UsageError(
      "different-segments",
      `${from.record.id} is of ${place(from)}, ${to.record.id} of ${place(to)}: expected two records of one segment. ` +
        '"ofac-ledger diff" compares any two states.',
    );
  }
  const forward = from.later.length >= to.later.length;
  const [older, newer] = forward ? [from, to] : [to, from];
  const between = older.later.slice(newer.later.length).map(({ record }) => record);
  const joined = catchUp(older.record, between.reverse());
  return forward ? joined : inverted(joined);
}

const place = ({ head }: Point): string => `${head.list}/${head.segment}`;

/** Records in a row as one change set; `base` is the record before the first of them. */
export function catchUp(base: LedgerRecord, records: readonly LedgerRecord[]): CatchUp {
  const last = records.at(-1) ?? base;
  return asCatchUp(base, last, records, joinedChanges(base.coverage, records));
}

/** A record put before a catch-up that begins with its state. */
export function prepend(
  base: LedgerRecord,
  record: LedgerRecord,
  rest: CatchUp,
  last: LedgerRecord,
): CatchUp {
  const set = compose(changesOf(record), rest, { before: base.coverage, after: last.coverage });
  const later = rest.records.length;
  const joined = asCatchUp(base, last, [record], set);
  return later === 0 ? joined : { ...joined, records: [record.id, ...rest.records] };
}

function asCatchUp(
  base: LedgerRecord,
  last: LedgerRecord,
  records: readonly LedgerRecord[],
  set: ChangeSet,
): CatchUp {
  return {
    formatVersion: FORMAT_VERSION,
    list: base.list,
    segment: base.segment,
    records: records.map(({ id }) => id),
    from: pointOf(base),
    to: pointOf(last),
    counts: changeCounts(set),
    changes: set.changes,
    unknown: set.unknown,
  };
}

/** The state a record leads to. */
export function pointOf({ id, date, state }: LedgerRecord): StatePoint {
  return { id, date, state: state.to };
}

const NOTHING: ChangeSet = { changes: [], unknown: [] };

function changesOf({ changes, unknown }: ChangeSet): ChangeSet {
  return { changes, unknown };
}

function joinedChanges(before: Coverage, records: readonly LedgerRecord[]): ChangeSet {
  const seen = canonicalJson(before);
  return records.every(({ coverage }) => canonicalJson(coverage) === seen)
    ? composeAll(records.map(changesOf), before)
    : composeHalves(before, records);
}

/** Halves until there is one: so a party is looked at as often as the depth, not as often as there are records. */
function composeHalves(before: Coverage, records: readonly LedgerRecord[]): ChangeSet {
  const [only] = records;
  if (only === undefined) return NOTHING;
  if (records.length === 1) return changesOf(only);
  const middle = Math.floor(records.length / 2);
  const left = records.slice(0, middle);
  const right = records.slice(middle);
  return compose(composeHalves(before, left), composeHalves(left.at(-1)?.coverage ?? before, right), {
    before,
    after: right.at(-1)?.coverage ?? before,
  });
}

function inverted(forward: CatchUp): CatchUp {
  const set = invert(forward);
  return {
    ...forward,
    records: forward.records.toReversed(),
    from: forward.to,
    to: forward.from,
    counts: changeCounts(set),
    changes: set.changes,
    unknown: set.unknown,
  };
}
