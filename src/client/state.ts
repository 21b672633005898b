import type { Party } from "../domain/index.ts";
import { canonical, type Json, type JsonObject, sha256 } from "./canonical.ts";
import { MirrorError } from "./error.ts";

/** A party of a mirrored list: its canonical text, and the SHA-256 of it. */
export interface Line {
  readonly text: string;
  readonly digest: string;
}

/** The parties of a list by uid. */
export type State = ReadonlyMap<number, Line>;

export async function lineOf(party: Json): Promise<Line> {
  const text = canonical(party);
  return { text, digest: await sha256(text) };
}

/** The state hash: SHA-256 over `<uid> <hex digest>\n` in ascending order of uid. */
export async function stateHash(state: State): Promise<string> {
  const uids = [...state.keys()].sort((a, b) => a - b);
  const lines = uids.map((uid) => `${uid} ${state.get(uid)?.digest.slice("sha256:".length) ?? ""}\n`);
  return sha256(lines.join(""));
}

/** A state as it is published and stored: one canonical party a line, ascending uid. */
export function stateText(state: State): string {
  const uids = [...state.keys()].sort((a, b) => a - b);
  return uids.map((uid) => `${state.get(uid)?.text ?? ""}\n`).join("");
}

/**
 * Reads a state and proves it.
 * @throws MirrorError `wrong-state`
 */
export async function readState(text: string, expected: string, where: string): Promise<State> {
  const state = new Map<number, Line>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const party = parseObject(line, where);
    state.set(Number(party["uid"]), await lineOf(party));
  }
  const found = await stateHash(state);
  if (found !== expected)
    throw new MirrorError("wrong-state", `${where}: expected state ${expected}, found ${found}.`);
  return state;
}

/** A party as the ledger's types have it; it was proven by the state hash. */
export function partyOf({ text }: Line): Party {
  return JSON.parse(text) as Party;
}

/**
 * An object from a published text.
 * @throws MirrorError `not-json`
 */
export function parseObject(text: string, where: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below, with the place.
  }
  throw new MirrorError("not-json", `${where}: expected a JSON object, found ${text.slice(0, 60)}.`);
}
