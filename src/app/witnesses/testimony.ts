import {
  addDays,
  type ContextEntry,
  compareText,
  type DeltaFacts,
  easternDate,
  type Instant,
  type IsoDate,
  type LedgerRecord,
  type Notice,
  type PartyChange,
  type PressRelease,
} from "../../domain/index.ts";
import { joinDeltas } from "../../normalize/index.ts";
import { type ContextStore, pressOf } from "./context-store.ts";

/** Everything at hand that may speak of one publication. */
export interface Testimony {
  /** Pages that may be of its day; which of them are is decided by what they name, unless they were `given`. */
  readonly notices: readonly Notice[];
  /** Press releases of the notices that are used. */
  press(used: readonly Notice[]): readonly PressRelease[];
  /** OFAC's own delta of all publications that it covers; null where one of them is not at hand. */
  readonly delta: DeltaFacts | null;
  readonly firstSeen: Instant | undefined;
  /** The caller has chosen the notices: all are used. */
  readonly given: boolean;
}

/** What the ledger holds of a record's days. */
export function storedTestimony(
  record: LedgerRecord,
  store: ContextStore,
  firstSeen: Instant | undefined,
): Testimony {
  const span = noticeDays(record);
  const notices = span === undefined ? [] : store.notices(span.from, span.to);
  return {
    notices: notices.flatMap(({ notice }) => notice ?? []),
    press: (used) => pressOf(used, store),
    delta: storedDelta(record, store),
    firstSeen,
    given: false,
  };
}

/** True when one of these entries may say something about a record that was not known before. */
export function concerns(
  record: LedgerRecord,
  entries: readonly ContextEntry[],
  store: ContextStore,
): boolean {
  const span = noticeDays(record);
  const notices = span === undefined ? [] : store.notices(span.from, span.to);
  const press = new Set(
    pressOf(
      notices.flatMap(({ notice }) => notice ?? []),
      store,
    ).map(({ id }) => id),
  );
  const publications = new Set(record.ofacPublications.map(({ id }) => String(id)));
  return entries.some(
    (entry) =>
      notices.includes(entry) ||
      (entry.kind === "press-release" && press.has(entry.id)) ||
      (entry.kind === "delta" && publications.has(entry.id)),
  );
}

/** The deltas of all of a record's publications as one; null when the record names none, or one is missing. */
export function storedDelta(record: LedgerRecord, store: Pick<ContextStore, "delta">): DeltaFacts | null {
  const deltas = record.ofacPublications.flatMap(({ id }) => store.delta(id) ?? []);
  const complete = deltas.length > 0 && deltas.length === record.ofacPublications.length;
  return complete ? joinDeltas(deltas) : null;
}

/**
 * Release dates of pages that may speak of a record: its own day and one more on each side (ofac-formats §9.9), and
 * all days since the list before it. Undefined for a record without a date.
 */
export function noticeDays({
  date,
  window,
}: Pick<LedgerRecord, "date" | "window">): { from: IsoDate; to: IsoDate } | undefined {
  if (date === null) return undefined;
  const before = addDays(date, -1);
  const since = window.after === null ? before : addDays(easternDate(window.after), 1);
  const [from = before] = [since, before].sort(compareText);
  return { from, to: addDays(date, 1) };
}

/**
 * What a delta says of this record. Removals that had to wait come in a record of their own, of the publication that
 * the one before it covers too: what that one did, the delta says of that one.
 */
export function ownPart(
  delta: DeltaFacts | null,
  record: LedgerRecord,
  neighbours: readonly LedgerRecord[],
): DeltaFacts | null {
  const covered = new Set(record.ofacPublications.map(({ id }) => id));
  const others = neighbours.filter(({ ofacPublications }) =>
    ofacPublications.some(({ id }) => covered.has(id)),
  );
  if (delta === null || others.length === 0) return delta;
  const own = new Set(record.changes.map(keyOf));
  const elsewhere = new Set(others.flatMap(({ changes }) => changes.map(keyOf)));
  const isOwn = (key: string) => own.has(key) || !elsewhere.has(key);
  return { ...delta, entities: delta.entities.filter((entity) => isOwn(keyOf(entity))) };
}

/** What was done to whom. */
export function keyOf({ op, uid }: Pick<PartyChange, "op" | "uid">): string {
  return `${op} ${uid}`;
}
