import { AREAS, type AreaValue, type LedgerRecord, type Party } from "../domain/index.ts";
import { cleanText, oneLine, utf8 } from "./text.ts";
import { describeChild } from "./words-child.ts";

const COLUMNS = [
  "uid",
  "type",
  "name",
  "op",
  "area",
  "action",
  "label",
  "before",
  "after",
  "certain",
] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * The changes of a record as flat rows, RFC 4180 with a header and CRLF: one row per fact of an added or
 * removed party, per changed child, per unknown difference. For spreadsheets: a cell that one would take for a
 * formula starts with an apostrophe. What has to be exact is in the JSON.
 */
export function changesCsv(record: LedgerRecord): Uint8Array {
  const rows = [...record.changes.flatMap(changeRows), ...record.unknown.map(unknownRow)];
  const lines = [
    COLUMNS.join(","),
    ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(",")),
  ];
  return utf8(lines.map((line) => `${line}\r\n`).join(""));
}

function changeRows(change: LedgerRecord["changes"][number]): Row[] {
  const own = {
    uid: String(change.uid),
    type: change.type,
    name: change.name,
    op: change.op,
    certain: "yes",
  };
  if (change.op === "modify") {
    return change.fields.map((field) => ({ ...own, ...fieldCells(field) }));
  }
  const party = change.op === "add" ? change.after : change.before;
  const side = change.op === "add" ? "after" : "before";
  return facts(party).map(({ area, value }) => {
    const { label, text } = describeChild(area, value);
    return { ...own, area, action: change.op, label, before: "", after: "", [side]: text };
  });
}

function unknownRow(change: LedgerRecord["unknown"][number]): Row {
  const { uid, type, name } = change;
  return { uid: String(uid), type, name, op: "unknown", certain: change.reason, ...fieldCells(change) };
}

function fieldCells(
  field: LedgerRecord["unknown"][number] | FieldOf,
): Omit<Row, "uid" | "type" | "name" | "op" | "certain"> {
  const before = field.before === undefined ? null : describeChild(field.area, field.before);
  const after = field.after === undefined ? null : describeChild(field.area, field.after);
  return {
    area: field.area,
    action: field.action,
    label: (after ?? before)?.label ?? "",
    before: before?.text ?? "",
    after: after?.text ?? "",
  };
}

type FieldOf = Extract<LedgerRecord["changes"][number], { op: "modify" }>["fields"][number];

function facts(party: Party): { area: FieldOf["area"]; value: AreaValue }[] {
  return AREAS.flatMap(({ area, property }) => {
    const value = party[property];
    if (value === undefined) return [];
    if (typeof value === "string") return [{ area, value }];
    return Array.isArray(value)
      ? value.map((child: AreaValue) => ({ area, value: child }))
      : [{ area, value }];
  });
}

function cell(text: string): string {
  const plain = oneLine(cleanText(text));
  const safe = /^[=+\-@\t]/u.test(plain) ? `'${plain}` : plain;
  return /[",]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
