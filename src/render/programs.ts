import { compareText, decodeParty, type FieldChange, type LedgerRecord } from "../domain/index.ts";
import type { SegmentState } from "./input.ts";
import { slug } from "./slug.ts";

/** What a record did under one program, in uids. */
export interface ProgramTouch {
  readonly added: readonly number[];
  readonly removed: readonly number[];
  /** Parties that gained or lost the program itself. */
  readonly gained: readonly number[];
  readonly lost: readonly number[];
}

/** Where a program's page stands. */
export const programPath = (tag: string): string => `programs/${slug(tag)}/`;

const known = new WeakMap<LedgerRecord, ReadonlyMap<string, ProgramTouch>>();

/**
 * The programs a record touches: of parties that came or went, and those gained or lost by a listed one. Worked out
 * once, since feeds, filters, search and program pages all ask; a record never changes.
 */
export function programsOf(record: LedgerRecord): ReadonlyMap<string, ProgramTouch> {
  const found = known.get(record) ?? findPrograms(record);
  known.set(record, found);
  return found;
}

function findPrograms(record: LedgerRecord): ReadonlyMap<string, ProgramTouch> {
  const programs = new Map<string, Record<keyof ProgramTouch, number[]>>();
  const touch = (tag: string): Record<keyof ProgramTouch, number[]> => {
    const found = programs.get(tag) ?? { added: [], removed: [], gained: [], lost: [] };
    programs.set(tag, found);
    return found;
  };
  for (const change of record.changes) {
    if (change.op === "add")
      for (const { code } of change.after.programs ?? []) touch(code).added.push(change.uid);
    if (change.op === "remove") {
      for (const { code } of change.before.programs ?? []) touch(code).removed.push(change.uid);
    }
    if (change.op !== "modify") continue;
    for (const field of change.fields) {
      const before = codeOf(field, "before");
      const after = codeOf(field, "after");
      if (before === after) continue;
      if (before !== null) touch(before).lost.push(change.uid);
      if (after !== null) touch(after).gained.push(change.uid);
    }
  }
  return new Map([...programs].sort(([a], [b]) => compareText(a, b)));
}

function codeOf(field: FieldChange, side: "before" | "after"): string | null {
  const value = field.area === "program" ? field[side] : undefined;
  if (typeof value !== "object" || !("code" in value)) return null;
  return typeof value.code === "string" ? value.code : null;
}

/** The programs of all parties of these states: those that a page of a party may link. */
export function programsListed(states: readonly SegmentState[]): ReadonlySet<string> {
  const tags = new Set<string>();
  const seen = new Set<string>();
  for (const { parties } of states) {
    for (const line of parties.values()) {
      // Most parties of a state stand in others too, and few have programs that no party before had.
      const from = line.line.indexOf('"programs":[');
      const written = from < 0 ? "" : line.line.slice(from, line.line.indexOf("]", from));
      const plain = written.replaceAll(/"uid":\d+/gu, "");
      if (seen.has(plain)) continue;
      seen.add(plain);
      for (const { code } of decodeParty(line).programs ?? []) tags.add(code);
    }
  }
  return tags;
}
