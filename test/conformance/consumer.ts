import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * A reference consumer in TypeScript. It uses nothing of the ledger's own code, only what is published: it was
 * written from the conformance kit's README, and a consumer elsewhere can be written from it.
 */

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Obj = { [name: string]: Json };

/** Canonical bytes of a party by uid. */
export type State = Map<number, string>;

interface Shape {
  readonly member: string;
  readonly set: boolean;
}

export class Refused extends Error {}

/** RFC 8785 of JSON whose keys are ASCII and whose numbers are integers. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");

/** Most parties stay as they are for years: each text is hashed once. */
const digests = new Map<string, string>();

function digestOf(text: string): string {
  const known = digests.get(text) ?? sha256(text);
  digests.set(text, known);
  return known;
}

export function stateHash(state: State): string {
  const uids = [...state.keys()].sort((a, b) => a - b);
  return `sha256:${sha256(uids.map((uid) => `${uid} ${digestOf(state.get(uid) ?? "")}\n`).join(""))}`;
}

function obj(value: Json | undefined, what: string): Obj {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Refused(`${what} is no object`);
}

function list(value: Json | undefined, what: string): Obj[] {
  if (!Array.isArray(value)) throw new Refused(`${what} is no list`);
  return value.map((one) => obj(one, what));
}

/** What a document leads from and to, whichever of the two published forms it has. */
function ends(document: Obj): { from: Obj | null; to: Obj } {
  const state = document["state"];
  if (state !== undefined) {
    const { from, to } = obj(state, "state");
    return { from: from === null ? null : obj(from, "state.from"), to: obj(to, "state.to") };
  }
  const of = (name: string) => obj(obj(document[name], name)["state"], `${name}.state`);
  return { from: of("from"), to: of("to") };
}

/** Applies a record or catch-up file; refuses whatever does not fit. */
export function apply(state: State, document: Obj, areas: ReadonlyMap<string, Shape>): State {
  if (!/^1\./.test(String(document["formatVersion"]))) throw new Refused("unknown major version");
  const { from, to } = ends(document);
  if (from === null) throw new Refused("a baseline has no changes");
  if (stateHash(state) !== from["hash"]) throw new Refused("it does not follow this state");
  const next = new Map(state);
  const edits = new Map<number, { before: Json; after: Json; fields: Obj[] }>();
  for (const change of list(document["changes"], "changes")) {
    const uid = Number(change["uid"]);
    if (change["op"] === "add") {
      if (next.has(uid)) throw new Refused(`${uid} is there before it is added`);
      next.set(uid, canonical(change["after"] ?? null));
    } else if (change["op"] === "remove") {
      if (next.get(uid) !== canonical(change["before"] ?? null))
        throw new Refused(`${uid} is not what is removed`);
      next.delete(uid);
    } else {
      edits.set(uid, edit(change, list(change["fields"], "fields")));
    }
  }
  for (const entry of list(document["unknown"], "unknown")) {
    const uid = Number(entry["uid"]);
    const known = edits.get(uid);
    if (known === undefined) edits.set(uid, edit(entry, [entry]));
    else known.fields.push(entry);
  }
  for (const [uid, { before, after, fields }] of edits) {
    const line = next.get(uid);
    if (line === undefined || `sha256:${digestOf(line)}` !== before)
      throw new Refused(`${uid} is not as it was`);
    const changed = canonical(applyFields(JSON.parse(line), fields, areas));
    if (`sha256:${digestOf(changed)}` !== after) throw new Refused(`${uid} does not become what it should`);
    next.set(uid, changed);
  }
  if (stateHash(next) !== to["hash"] || next.size !== to["parties"])
    throw new Refused("it leads to another state");
  return next;
}

function edit(change: Obj, fields: Obj[]) {
  return { before: change["beforeHash"] ?? null, after: change["afterHash"] ?? null, fields: [...fields] };
}

function applyFields(party: Obj, fields: readonly Obj[], areas: ReadonlyMap<string, Shape>): Obj {
  const result: Obj = { ...party };
  for (const [area, { member, set }] of areas) {
    const own = fields.filter((field) => field["area"] === area);
    if (own.length === 0) continue;
    const old = result[member];
    const values = old === undefined ? [] : set && Array.isArray(old) ? [...old] : [old];
    for (const { before, after } of own) {
      if (before !== undefined) {
        const at = values.findIndex((value) => canonical(value) === canonical(before));
        if (at < 0) throw new Refused(`no such value in ${area}`);
        values.splice(at, 1);
      }
      if (after !== undefined) values.push(after);
    }
    delete result[member];
    const [only] = values;
    if (only !== undefined) result[member] = set ? sorted(values) : only;
  }
  return result;
}

function sorted(values: readonly Json[]): Json[] {
  const uid = (value: Json) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && typeof value["uid"] === "number"
      ? value["uid"]
      : Number.POSITIVE_INFINITY;
  return values
    .map((value) => ({ value, uid: uid(value), text: canonical(value) }))
    .sort((a, b) =>
      a.uid === b.uid ? (a.text < b.text ? -1 : a.text > b.text ? 1 : 0) : a.uid < b.uid ? -1 : 1,
    )
    .map(({ value }) => value);
}

export function readState(path: string): State {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return new Map(lines.map((line) => [Number(obj(JSON.parse(line), "party")["uid"]), line]));
}

const json = (path: string): Obj => obj(JSON.parse(readFileSync(path, "utf8")), path);

/** Areas as the kit's table has them. */
export function areasOf(kit: Obj): Map<string, Shape> {
  return new Map(
    list(kit["areas"], "areas").map(({ area, property, shape }) => [
      String(area),
      { member: String(property), set: shape === "set" },
    ]),
  );
}

/** Replays the kit in a folder. Gives what it accepted and refused; throws at the first thing that is not right. */
export function replayKit(folder: string): { accepted: string[]; refused: string[] } {
  const kit = json(join(folder, "kit.json"));
  const areas = areasOf(kit);
  const states = new Map<string, State>();
  const accepted: string[] = [];
  let state: State | undefined;
  let previous: Json = null;
  for (const { id, file, hash, stateFile, state: expected } of list(kit["records"], "records")) {
    const path = join(folder, String(file));
    if (`sha256:${sha256(readFileSync(path))}` !== hash) throw new Error(`${id}: other bytes`);
    const record = json(path);
    if (canonical(record["previous"] ?? null) !== canonical(previous)) throw new Error(`${id}: not chained`);
    state = state === undefined ? readState(join(folder, String(stateFile))) : apply(state, record, areas);
    if (stateHash(state) !== obj(expected, "state")["hash"]) throw new Error(`${id}: another state`);
    const published = readFileSync(join(folder, String(stateFile)), "utf8");
    const own = [...state].sort(([a], [b]) => a - b).map(([, line]) => `${line}\n`);
    if (own.join("") !== published) throw new Error(`${id}: other lines than published`);
    states.set(String(id), state);
    previous = { id: id ?? null, hash: hash ?? null };
    accepted.push(String(id));
  }
  for (const { path, from, to } of list(kit["catchUps"], "catchUps")) {
    const end = apply(states.get(String(from)) ?? new Map(), json(join(folder, String(path))), areas);
    if (stateHash(end) !== stateHash(states.get(String(to)) ?? new Map()))
      throw new Error(`${path}: another state`);
    accepted.push(String(path));
  }
  const refused: string[] = [];
  for (const { path, on } of list(kit["refused"], "refused")) {
    if (accepts(states.get(String(on)) ?? new Map(), json(join(folder, String(path))), areas)) {
      throw new Error(`${path}: accepted, but it is wrong`);
    }
    refused.push(String(path));
  }
  return { accepted, refused };
}

function accepts(state: State, document: Obj, areas: ReadonlyMap<string, Shape>): boolean {
  try {
    apply(state, document, areas);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/**
 * Replays every segment of a downloaded `api/v1` from its baseline's published state: each record is proven by the
 * hash that its successor, or the head, has of it. Gives the last state's hash by segment.
 */
export function replayApi(folder: string, areas: ReadonlyMap<string, Shape>): Map<string, string> {
  const found = new Map<string, string>();
  for (const segment of list(json(join(folder, "sync.json"))["segments"], "segments")) {
    const records: Obj[] = [];
    let next: Json = segment["head"] ?? null;
    while (next !== null) {
      const { id, hash } = obj(next, "a record's name");
      const path = join(folder, "records", `${id}.json`);
      if (`sha256:${sha256(readFileSync(path))}` !== hash)
        throw new Error(`${id}: other bytes than its successor says`);
      const record = json(path);
      records.push(record);
      next = record["previous"] ?? null;
    }
    const [baseline, ...later] = records.reverse();
    if (baseline === undefined) throw new Error("a segment without records");
    let state = readState(join(folder, "states", `${baseline["id"]}.ndjson`));
    if (stateHash(state) !== ends(baseline).to["hash"]) throw new Error(`${baseline["id"]}: another state`);
    for (const record of later) state = apply(state, record, areas);
    found.set(`${segment["list"]}/${segment["segment"]}`, stateHash(state));
  }
  return found;
}

/** True where a folder has the kit. */
export function hasKit(folder: string): boolean {
  return existsSync(join(folder, "kit.json"));
}
