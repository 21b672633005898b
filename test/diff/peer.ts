import { areaShape, type ChangeSet, type FieldChange } from "../../src/domain/index.ts";
import { type PlainRow, without } from "./plain-csv.ts";

/** What two files differ by, as one side or the other sees it. */
interface Seen {
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly changed: readonly number[];
}

/** As a plain comparison of rows sees it: uids ascending. */
export function plainDifference(
  before: ReadonlyMap<number, PlainRow>,
  after: ReadonlyMap<number, PlainRow>,
): Seen {
  const ascending = (uids: Iterable<number>) => [...uids].sort((a, b) => a - b);
  const both = [...after.values()].flatMap((now) => {
    const was = before.get(now.uid);
    return was === undefined || same(was, now) ? [] : [now.uid];
  });
  return {
    added: ascending([...after.keys()].filter((uid) => !before.has(uid))),
    removed: ascending([...before.keys()].filter((uid) => !after.has(uid))),
    changed: ascending(both),
  };
}

function same(was: PlainRow, now: PlainRow): boolean {
  return (
    was.columns.every((text, i) => text === now.columns[i]) &&
    was.attributes.length === now.attributes.length &&
    without(was.attributes, now.attributes).length === 0
  );
}

/** As the change set has it; what is seen but not proven is a difference like any other. */
export function ourDifference({ changes, unknown }: ChangeSet): Seen {
  const of = (op: string) => changes.filter((change) => change.op === op).map(({ uid }) => uid);
  const changed = new Set([...of("modify"), ...unknown.map(({ uid }) => uid)]);
  return { added: of("add"), removed: of("remove"), changed: [...changed].sort((a, b) => a - b) };
}

/**
 * Where the remarks of one party changed in other ways than its attributes did, as sets; nothing when they agree.
 * Every value that the record takes away or gives must be found in an attribute that the file took away or gave,
 * and no attribute may be left over. Facts that SDN.CSV has in columns of their own are set aside.
 */
export function remarksMismatch(set: ChangeSet, was: PlainRow, now: PlainRow): string | undefined {
  const modified = set.changes.find((change) => change.op === "modify" && change.uid === was.uid);
  const fields: FieldChange[] = [
    ...(modified?.op === "modify" ? modified.fields : []),
    ...set.unknown.filter(({ uid }) => uid === was.uid),
  ].filter(({ area }) => areaShape(area).inRemarks);
  const gone = without(was.attributes, now.attributes);
  const come = without(now.attributes, was.attributes);
  const left = [
    ...unmatched(
      fields.map(({ before }) => before),
      gone,
      was.columns,
    ),
    ...unmatched(
      fields.map(({ after }) => after),
      come,
      now.columns,
    ),
  ];
  return left.length === 0 ? undefined : `uid ${was.uid}: ${left.join("; ")}`;
}

/**
 * Pairs each value with the shortest attribute that contains its text, the longest text first, so that `Russia` does
 * not take `POB Moscow, Russia` away from the place of birth. Says what is left on either side.
 */
function unmatched(
  values: readonly unknown[],
  attributes: readonly string[],
  columns: readonly string[],
): string[] {
  const open = [...attributes].sort((a, b) => a.length - b.length);
  const lost: string[] = [];
  const texts = values.flatMap((value) => (value === undefined ? [] : [principal(value)]));
  for (const text of texts.sort((a, b) => b.length - a.length)) {
    const at = open.findIndex((attribute) => attribute.includes(text));
    if (at >= 0) open.splice(at, 1);
    else if (!columns.some((column) => column.replace(/\.$/, "") === text))
      lost.push(`"${text}" in the record only`);
  }
  return [...lost, ...open.map((attribute) => `"${attribute}" in the file only`)];
}

/** The text by which a child of the remarks is known, without what parts attributes: `alt.` and the last dot. */
function principal(value: unknown): string {
  const text = childText(value);
  return text.replace(/^alt\. /, "").replace(/\.$/, "");
}

function childText(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  for (const name of ["text", "number", "address", "targetName", "full", "value"]) {
    if (name in value) return String(Reflect.get(value, name));
  }
  return JSON.stringify(value);
}
