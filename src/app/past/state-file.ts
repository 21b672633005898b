import { applyChanges, invert } from "../../diff/index.ts";
import {
  type ChangeSet,
  ContentError,
  FORMAT_VERSION,
  type Party,
  type PartyLine,
  partyLine,
  partyMap,
  type StateRef,
} from "../../domain/index.ts";
import { changeSetFault, foreignPartyFault } from "../schema/guard.ts";
import { requireState } from "./state-at.ts";

/**
 * The parties of a state file: NDJSON, one party a line, in any order. Each line is put into canonical form, so
 * that a file that another program wrote anew still has its state hash.
 * @throws ContentError `bad-state-file` naming file and line
 */
export function readStateFile(text: string, where: string): Map<number, PartyLine> {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  const parties = lines.map((line, i) => {
    const place = `${where}, line ${i + 1}`;
    const party = parseJson(line, place, "a party");
    const fault = foreignPartyFault(party);
    if (fault !== undefined) throw badState(place, `a party as its schema describes it, but it ${fault}`);
    return partyLine(party as Party);
  });
  const seen = new Set<number>();
  for (const { uid } of parties) {
    if (seen.has(uid)) throw badState(where, `every party once, found uid ${uid} twice`);
    seen.add(uid);
  }
  return partyMap(parties);
}

/** A change set as a file, with the states it leads from and to. */
export interface ChangeDocument {
  readonly set: ChangeSet;
  readonly from: StateRef;
  readonly to: StateRef;
}

/**
 * Reads a record, a catch-up file, or the output of `compose` or `diff --format json`. All of them name the states they
 * lead from and to; of changes that do not, nothing could be proven, so they are refused.
 * @throws ContentError `bad-change-set` naming file and member
 */
export function readChangeDocument(text: string, where: string): ChangeDocument {
  const value = parseJson(text, where, "a change set");
  const version = member(value, "formatVersion");
  if (version !== undefined && String(version).split(".")[0] !== FORMAT_VERSION.split(".")[0]) {
    throw badChanges(where, `formatVersion ${FORMAT_VERSION} or a later minor one, found ${String(version)}`);
  }
  const set = { changes: member(value, "changes"), unknown: member(value, "unknown") };
  const fault = changeSetFault(set);
  if (fault !== undefined) throw badChanges(where, `a change set, but it ${fault}`);
  if (member(value, "kind") === "baseline") {
    throw badChanges(where, "changes, found a baseline, which has none; its state is published as NDJSON");
  }
  return { set: set as ChangeSet, from: stateRef(value, "from", where), to: stateRef(value, "to", where) };
}

/**
 * The state after a change set, or before it with `back`: both are held against the states that the document names.
 * @throws IntegrityError `change-does-not-fit`, `state-mismatch`
 */
export function applyDocument(
  parties: ReadonlyMap<number, PartyLine>,
  { set, from, to }: ChangeDocument,
  back: boolean,
): Map<number, PartyLine> {
  const [start, end] = back ? [to, from] : [from, to];
  requireState(parties, start, "The state given");
  const next = applyChanges(parties, back ? invert(set) : set);
  requireState(next, end, "The state reached");
  return next;
}

const HASH = /^sha256:[0-9a-f]{64}$/;

/** A state that a document names: under `state` as records have it, or at its own end as catch-up files do. */
function stateRef(document: unknown, end: "from" | "to", where: string): StateRef {
  const value = member(member(document, "state"), end) ?? member(member(document, end), "state");
  const hash = member(value, "hash");
  const parties = member(value, "parties");
  if (typeof hash === "string" && HASH.test(hash) && Number.isSafeInteger(parties)) {
    return { hash: `sha256:${hash.slice("sha256:".length)}`, parties: Number(parties) };
  }
  throw badChanges(
    where,
    `the state that the changes lead ${end} (hash and number of parties, "state"."${end}" or "${end}"."state"), found ` +
      `${value === undefined ? "none" : JSON.stringify(value).slice(0, 120)}. Without it nothing is proven: take the ` +
      "record, the catch-up file or what compose or diff wrote as it was published",
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function parseJson(text: string, where: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ContentError(
      "not-json",
      `${where}: expected ${what} as JSON, found ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
}

function badState(where: string, expected: string): ContentError {
  return new ContentError("bad-state-file", `${where}: expected ${expected}.`);
}

function badChanges(where: string, expected: string): ContentError {
  return new ContentError("bad-change-set", `${where}: expected ${expected}.`);
}
