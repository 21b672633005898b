import { type Zippable, zipSync } from "fflate";
import {
  AREAS,
  canonicalJson,
  decodeParty,
  FORMAT_VERSION,
  type LedgerRecord,
  type PartyLine,
  stateHash,
} from "../../domain/index.ts";
import { jsonBytes } from "../../ledger/index.ts";
import { catchUp } from "../compose.ts";
import { stateNdjson } from "../export.ts";
import { schemaFiles } from "../schema/index.ts";
import { type KitStep, kitChain } from "./chain.ts";
import { KIT_README } from "./readme.ts";

/** Files of the kit by path, the same bytes on every machine. */
export function kitFiles(): Map<string, Uint8Array> {
  const steps = kitChain();
  const files = new Map<string, Uint8Array>();
  files.set("README.md", utf8(KIT_README));
  for (const { stored, parties } of steps) {
    files.set(recordPath(stored.record), stored.bytes);
    files.set(statePath(stored.record), utf8(stateNdjson(parties)));
  }
  const catchUps = composed(steps);
  for (const { path, bytes } of catchUps) files.set(path, bytes);
  const refusals = refused(steps);
  for (const { path, bytes } of refusals) files.set(path, bytes);
  for (const [name, bytes] of schemaFiles()) files.set(`schema/${name}`, bytes);
  const kit = {
    formatVersion: FORMAT_VERSION,
    records: steps.map(({ stored: { record, hash }, parties }) => ({
      id: record.id,
      file: recordPath(record),
      hash,
      stateFile: statePath(record),
      state: { hash: stateHash(parties), parties: parties.size },
      digests: Object.fromEntries([...parties.values()].map(({ uid, digest }) => [String(uid), digest])),
    })),
    catchUps: catchUps.map(({ bytes: _, ...facts }) => facts),
    refused: refusals.map(({ bytes: _, ...facts }) => facts),
    areas: AREAS.map(({ area, property, shape }) => ({ area, property, shape })),
  };
  files.set("kit.json", jsonBytes(kit));
  return files;
}

/**
 * The kit as one archive. The time of its members is fixed, and given by the clock on the wall, which is what zip
 * files hold: so the bytes do not depend on the machine's time zone.
 */
export function kitArchive(): Uint8Array {
  const mtime = new Date(1980, 0, 1, 0, 0, 0);
  const entries: Zippable = {};
  for (const [path, bytes] of kitFiles())
    entries[`conformance-kit/${path}`] = [bytes, { level: 9, mtime, os: 3 }];
  return zipSync(entries);
}

const recordPath = ({ id }: LedgerRecord): string => `records/${id}.json`;
const statePath = ({ id }: LedgerRecord): string => `states/${id}.ndjson`;

/** Over all records, over each two in a row, and over none. */
function composed(steps: readonly KitStep[]) {
  const records = steps.map(({ stored }) => stored.record);
  const ranges = [[0, records.length - 1], [0, 0], ...records.slice(2).map((_, i) => [i, i + 2])];
  return ranges.map(([from = 0, to = 0]) => {
    const base = records[from];
    if (base === undefined) throw new Error("the kit has no such record");
    const value = catchUp(base, records.slice(from + 1, to + 1));
    const path = `catch-up/${value.from.id}..${value.to.id}.json`;
    return { path, from: value.from.id, to: value.to.id, bytes: jsonBytes(value) };
  });
}

/** Records that a consumer must refuse on the state after the baseline, each with one thing wrong. */
function refused(steps: readonly KitStep[]) {
  const [baseline, first, second] = steps;
  if (baseline === undefined || first === undefined || second === undefined) {
    throw new Error("the kit needs three records");
  }
  const on = baseline.stored.record.id;
  const good = first.stored.record;
  const wrong = (name: string, reason: string, value: unknown) => ({
    path: `refused/${name}.json`,
    on,
    reason,
    bytes: jsonBytes(value),
  });
  return [
    wrong("major-version", "an unknown major version", { ...good, formatVersion: "2.0" }),
    wrong("out-of-order", "it follows another record", second.stored.record),
    wrong("added-twice", "it adds a party that is there", {
      ...good,
      changes: [...good.changes, addedAgain(baseline.parties)],
    }),
    wrong("wrong-result", "it leads to another state", {
      ...good,
      state: { ...good.state, to: { ...good.state.to, hash: good.state.from?.hash ?? good.state.to.hash } },
    }),
    wrong("missing-change", "a change is missing", { ...good, changes: good.changes.slice(1) }),
    wrong("unknown-left-out", "its unknown differences are missing", { ...good, unknown: [] }),
    wrong(
      "altered-value",
      "a value is not the one there",
      JSON.parse(canonicalJson(good).replaceAll('"postalCode":"00001"', '"postalCode":"00009"')),
    ),
  ];
}

function addedAgain(parties: ReadonlyMap<number, PartyLine>) {
  const [line] = parties.values();
  if (line === undefined) throw new Error("the kit's baseline is empty");
  const after = decodeParty(line);
  return { op: "add", uid: line.uid, type: after.type, name: after.name.full, after };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
