import {
  type AddedParty,
  type ChangeSet,
  decodeParty,
  type FieldChange,
  type Hash,
  IntegrityError,
  type PartyLine,
  partyLine,
  partyMap,
  type RemovedParty,
} from "../domain/index.ts";
import { applyFields } from "./party.ts";

type Parties = ReadonlyMap<number, PartyLine>;

/**
 * The state after a change set. Checks every party against the hashes in the change set, so a wrong or
 * damaged input ends in an error, never in a wrong state.
 * @throws IntegrityError `change-does-not-fit`
 */
export function applyChanges(parties: Parties, set: ChangeSet): Map<number, PartyLine> {
  const next = new Map(parties);
  applyInPlace(next, set);
  return set.changes.some(({ op }) => op === "add") ? partyMap(next.values()) : next;
}

/**
 * The same, done to the parties themselves, whose order is then no longer that of their uids: for who goes through a
 * chain of hundreds and wants none of the states on the way. After an error they are worthless.
 * @returns the uids of the parties that are no longer as they were
 * @throws IntegrityError `change-does-not-fit`
 */
export function applyInPlace(next: Map<number, PartyLine>, set: ChangeSet): number[] {
  const touched: number[] = [];
  for (const change of set.changes) {
    if (change.op === "add") addParty(next, change);
    else if (change.op === "remove") removeParty(next, change);
    if (change.op !== "modify") touched.push(change.uid);
  }
  for (const edit of edits(set)) {
    const line = next.get(edit.uid);
    if (line === undefined) throw misfit(edit.uid, "to be listed before its change", "no such party");
    expectHash(edit.uid, "before", `sha256:${line.digest}`, edit.beforeHash);
    const after = partyLine(applyFields(decodeParty(line), edit.fields));
    expectHash(edit.uid, "after", `sha256:${after.digest}`, edit.afterHash);
    next.set(edit.uid, after);
    touched.push(edit.uid);
  }
  return touched;
}

function addParty(parties: Map<number, PartyLine>, change: AddedParty): void {
  if (parties.has(change.uid))
    throw misfit(change.uid, "not to be listed before it is added", "it is listed");
  parties.set(change.uid, partyLine(change.after));
}

function removeParty(parties: Map<number, PartyLine>, change: RemovedParty): void {
  const line = parties.get(change.uid);
  if (line === undefined) throw misfit(change.uid, "to be listed before it is removed", "no such party");
  expectHash(
    change.uid,
    "before its removal",
    `sha256:${line.digest}`,
    `sha256:${partyLine(change.before).digest}`,
  );
  parties.delete(change.uid);
}

/** All field edits of one party: proven ones and unknown ones together lead from hash to hash. */
export interface PartyEdit {
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  readonly beforeHash: Hash;
  readonly afterHash: Hash;
  readonly fields: readonly FieldChange[];
}

/** Field edits by party, ascending. */
export function edits(set: ChangeSet): PartyEdit[] {
  const byUid = new Map<number, { edit: Omit<PartyEdit, "fields">; fields: FieldChange[] }>();
  for (const change of set.changes) {
    if (change.op === "modify") byUid.set(change.uid, { edit: change, fields: [...change.fields] });
  }
  for (const entry of set.unknown) {
    const known = byUid.get(entry.uid);
    if (known === undefined) byUid.set(entry.uid, { edit: entry, fields: [fieldOf(entry)] });
    else known.fields.push(fieldOf(entry));
  }
  return [...byUid.values()]
    .map(({ edit, fields }) => ({
      uid: edit.uid,
      type: edit.type,
      name: edit.name,
      beforeHash: edit.beforeHash,
      afterHash: edit.afterHash,
      fields,
    }))
    .sort((a, b) => a.uid - b.uid);
}

function fieldOf(entry: FieldChange): FieldChange {
  const { area, action, key, before, after, paths } = entry;
  return {
    area,
    action,
    key,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(paths === undefined ? {} : { paths }),
  };
}

function expectHash(uid: number, when: string, found: Hash, expected: Hash): void {
  if (found !== expected) throw misfit(uid, `to have hash ${expected} ${when}`, found);
}

function misfit(uid: number, expected: string, found: string): IntegrityError {
  return new IntegrityError(
    "change-does-not-fit",
    `Party ${uid}: expected ${expected}, found: ${found}. The change set belongs to another state; ` +
      "apply the records in order, from a verified state.",
  );
}
