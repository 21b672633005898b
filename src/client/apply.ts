import type { CatchUp, FieldChange, LedgerRecord } from "../domain/index.ts";
import { AREAS } from "./areas.ts";
import { canonical, type Json, type JsonObject } from "./canonical.ts";
import { MirrorError } from "./error.ts";
import { type Line, lineOf, parseObject, type State, stateHash } from "./state.ts";

/** A record, or several as one: what can be applied. */
export type Applicable = LedgerRecord | CatchUp;

/** The states a document leads from and to. */
export function endsOf(document: Applicable): { readonly from: string | null; readonly to: string } {
  if ("state" in document) return { from: document.state.from?.hash ?? null, to: document.state.to.hash };
  return { from: document.from.state.hash, to: document.to.state.hash };
}

/**
 * The state after a change set. Every party is proven by its hash and the whole by the state hash, so the result is
 * right or there is none.
 * @throws MirrorError `does-not-fit`
 */
export async function apply(state: State, document: Applicable): Promise<State> {
  const next = new Map(state);
  const edits = new Map<number, { before: string; after: string; fields: FieldChange[] }>();
  for (const change of document.changes) {
    const { uid } = change;
    if (change.op === "add") {
      if (next.has(uid)) throw misfit(uid, "not to be listed before it is added");
      next.set(uid, await lineOf(asJson(change.after)));
    } else if (change.op === "remove") {
      if (next.get(uid)?.text !== canonical(asJson(change.before)))
        throw misfit(uid, "to be as it is removed");
      next.delete(uid);
    } else edits.set(uid, { before: change.beforeHash, after: change.afterHash, fields: [...change.fields] });
  }
  for (const entry of document.unknown) {
    const known = edits.get(entry.uid);
    if (known === undefined) {
      edits.set(entry.uid, { before: entry.beforeHash, after: entry.afterHash, fields: [entry] });
    } else known.fields.push(entry);
  }
  for (const [uid, { before, after, fields }] of edits) {
    const line = next.get(uid);
    if (line?.digest !== before) throw misfit(uid, `to have hash ${before}`);
    const changed = await lineOf(applyFields(line, uid, fields));
    if (changed.digest !== after) throw misfit(uid, `to get hash ${after}`);
    next.set(uid, changed);
  }
  const found = await stateHash(next);
  const { to } = endsOf(document);
  if (found !== to) {
    throw new MirrorError("does-not-fit", `Expected the change set to lead to state ${to}, found ${found}.`);
  }
  return next;
}

function applyFields(line: Line, uid: number, fields: readonly FieldChange[]): Json {
  const party: Record<string, Json> = { ...parseObject(line.text, `party ${uid}`) };
  for (const area of new Set(fields.map((field) => field.area))) {
    const shape = Object.hasOwn(AREAS, area) ? AREAS[area] : undefined;
    if (shape === undefined) throw misfit(uid, `to have no area "${area}", which this version does not know`);
    const [member, kind] = shape;
    const old = party[member];
    const values: Json[] = old === undefined ? [] : kind === "set" && Array.isArray(old) ? [...old] : [old];
    for (const { before, after } of fields.filter((field) => field.area === area)) {
      if (before !== undefined) {
        const wanted = canonical(asJson(before));
        const at = values.findIndex((value) => canonical(value) === wanted);
        if (at < 0) throw misfit(uid, `to have in ${area}: ${wanted.slice(0, 80)}`);
        values.splice(at, 1);
      }
      if (after !== undefined) values.push(asJson(after));
    }
    const [only] = values;
    if (only === undefined) delete party[member];
    else party[member] = kind === "set" ? sorted(values) : only;
  }
  return party;
}

/** Canonical order: by uid, those without one last; then by canonical text in UTF-16 code units. */
function sorted(values: readonly Json[]): Json[] {
  return values
    .map((value) => ({ value, uid: uidOf(value), text: canonical(value) }))
    .sort((a, b) =>
      a.uid === b.uid ? (a.text < b.text ? -1 : a.text > b.text ? 1 : 0) : a.uid < b.uid ? -1 : 1,
    )
    .map(({ value }) => value);
}

function uidOf(value: Json): number {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return Number.POSITIVE_INFINITY;
  const { uid } = value as JsonObject;
  return typeof uid === "number" ? uid : Number.POSITIVE_INFINITY;
}

/** The ledger's types describe published JSON: objects, lists, texts, integers. */
function asJson(value: unknown): Json {
  return value as Json;
}

function misfit(uid: number, expected: string): MirrorError {
  return new MirrorError(
    "does-not-fit",
    `Party ${uid}: expected ${expected}. The change set belongs to another state.`,
  );
}
