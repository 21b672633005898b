import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { applyChanges, diffStates, invert } from "../../src/diff/index.ts";
import {
  AREAS,
  type Area,
  areaShape,
  type ChangeSet,
  canonicalJson,
  changeCounts,
  headline,
  type Party,
  partyLine,
} from "../../src/domain/index.ts";
import { stateOf } from "../support/parties.ts";

/*
 * One folder per area and action: a composed list before, the list after, and what the record must say. A folder's
 * name is its case; a new area needs its three folders, or a waiver below with its reason.
 */

const CASES = fileURLToPath(new URL("cases/", import.meta.url));
const ACTIONS = ["add", "remove", "change"] as const;

const ALWAYS_THERE = "every party has exactly one";
/** Folders that there cannot be. One that stands here and exists all the same fails. */
const WAIVERS: Readonly<Record<string, string>> = {
  "type-add": ALWAYS_THERE,
  "type-remove": ALWAYS_THERE,
  "name-add": ALWAYS_THERE,
  "name-remove": ALWAYS_THERE,
  "blocking-add": ALWAYS_THERE,
  "blocking-remove": ALWAYS_THERE,
};

/** A remark has nothing but its text to be known by: another text is another remark. */
const REPLACED_NOT_CHANGED: ReadonlySet<string> = new Set(["remarks-change"]);

const folders = readdirSync(CASES).sort();
const read = <T>(name: string, file: string): T =>
  JSON.parse(readFileSync(`${CASES}${name}/${file}.json`, "utf8"));

interface Expected extends ChangeSet {
  readonly headline: string;
  readonly counts: unknown;
}

function load(name: string) {
  const before = stateOf(read<Party[]>(name, "before"));
  const after = stateOf(read<Party[]>(name, "after"));
  return { before, after, expected: read<Expected>(name, "expected") };
}

describe("cases of the diff", () => {
  it("are there for every area and action, but for what cannot be", () => {
    const needed = AREAS.flatMap(({ area }) => ACTIONS.map((action) => `${area}-${action}`));
    const waived = Object.keys(WAIVERS);
    expect(waived.filter((name) => !needed.includes(name) || folders.includes(name))).toEqual([]);
    const party = ["party-add", "party-remove"];
    expect(folders).toEqual([...needed.filter((name) => !waived.includes(name)), ...party].sort());
  });

  it.each(folders)("%s", (name) => {
    const { before, after, expected } = load(name);
    const set = diffStates(before, after);
    const counts = changeCounts(set);
    const facts = { list: "sdn", kind: "publication", date: "2020-01-07", sequence: 1, parties: 0 } as const;
    expect({ headline: headline({ ...facts, counts }), counts, ...set }).toEqual(expected);
    expect([...applyChanges(before.parties, expected)]).toEqual([...after.parties]);
    expect([...applyChanges(after.parties, invert(expected))]).toEqual([...before.parties]);
    expect(invert(expected)).toEqual(diffStates(after, before));
  });

  it.each(folders.filter((name) => !name.startsWith("party-")))("%s says what plainly differs", (name) => {
    const at = name.lastIndexOf("-");
    const area = name.slice(0, at) as Area;
    const action = name.slice(at + 1);
    const [before] = read<Party[]>(name, "before");
    const [after] = read<Party[]>(name, "after");
    if (before === undefined || after === undefined) throw new Error("a case has one party");
    const gone = only(area, before, after);
    const come = only(area, after, before);
    const { changes, unknown } = read<Expected>(name, "expected");
    const [change, ...more] = changes;
    if (change?.op !== "modify") throw new Error("expected a modified party");
    expect([more, unknown]).toEqual([[], []]);
    expect(change.fields.every((field) => field.area === area)).toBe(true);
    expect(change.fields.flatMap((field) => field.before ?? [])).toEqual(gone);
    expect(change.fields.flatMap((field) => field.after ?? [])).toEqual(come);
    expect(change.fields.map((field) => field.action)).toEqual(
      REPLACED_NOT_CHANGED.has(name) ? ["remove", "add"] : [action],
    );
    expect(change.beforeHash).toBe(`sha256:${partyLine(before).digest}`);
    expect(change.afterHash).toBe(`sha256:${partyLine(after).digest}`);
  });
});

/** Values of an area that one party has and the other has not, found without the diff. */
function only(area: Area, one: Party, other: Party): unknown[] {
  const values = (party: Party): unknown[] => {
    const value: unknown = party[areaShape(area).property];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  const texts = new Set(values(other).map((value) => canonicalJson(value)));
  return values(one).filter((value) => !texts.has(canonicalJson(value)));
}
