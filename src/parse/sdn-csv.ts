import {
  ContentError,
  type CsvAddress,
  type CsvAlternate,
  type CsvRow,
  type DecodedRecord,
  type Note,
} from "../domain/index.ts";
import { cutRow, quoteExample, type RawRow, splitFields } from "./csv-rows.ts";
import { REMARKS_LIMIT, splitRemarks } from "./remarks.ts";

/** OFAC's null, with or without its blank: a source that trims lines takes it away. */
const NULL = /^\s*-0-?\s*$/;

/** Columns of SDN.CSV and CONS_PRIM.CSV (OFAC's data specification of 2023-09-25). */
export const PRIMARY_COLUMNS = 12;
/** Columns of ALT.CSV. */
export const ALTERNATE_COLUMNS = 5;
/** Columns of ADD.CSV. */
export const ADDRESS_COLUMNS = 6;

/** What belongs to a primary row from the other files of the set. */
export interface SetRows {
  readonly alternates: readonly CsvAlternate[];
  readonly addresses: readonly CsvAddress[];
  /** The rest of cut remarks; undefined where the set has no comments file. */
  readonly comments: string | undefined;
  readonly hasComments: boolean;
}

/** The uid a row begins with; throws where it begins with none. */
export function rowUid(row: RawRow, name: string): number {
  const text = row.text;
  let uid = 0;
  let at = 0;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) break;
    uid = uid * 10 + digit;
  }
  if (at === 0 || at > 10 || text.charCodeAt(at) !== 0x2c) {
    throw new ContentError(
      "malformed-row",
      `${name} line ${row.line}: expected a number and a comma at the beginning, found ${quoteExample(text)}. ` +
        "Fetch the file again; if it stays, its format changed.",
    );
  }
  return uid;
}

/** The fields of a row, counted. */
export function rowFields(row: RawRow, columns: number, name: string): string[] {
  const where = `${name} line ${row.line}`;
  const fields = splitFields(row.text, where);
  if (fields.length !== columns) {
    throw new ContentError(
      "column-count",
      `${where}: expected ${columns} columns, found ${fields.length} (${quoteExample(row.text)}). ` +
        "Fetch the file again; if it stays, its format changed.",
    );
  }
  return fields;
}

/** Refuses a last row without line end that is not whole. */
export function requireWholeRow(row: RawRow, columns: number, name: string): void {
  let fields: string[];
  try {
    fields = splitFields(row.text, name);
  } catch (cause) {
    throw new ContentError("truncated", cutRow(name, row.line, row.text), { cause });
  }
  const last = fields[columns - 1];
  if (fields.length !== columns || (!row.text.endsWith('"') && !NULL.test(last ?? ""))) {
    throw new ContentError("truncated", cutRow(name, row.line, row.text));
  }
}

/** A field's text; undefined for OFAC's null and for nothing. */
export function fieldText(field: string | undefined): string | undefined {
  return field === undefined || field === "" || NULL.test(field) ? undefined : field;
}

/** A row of SDN.CSV or CONS_PRIM.CSV, with what the other files of the set say. */
export function decodePrimary(row: RawRow, name: string, set?: SetRows): DecodedRecord {
  const fields = rowFields(row, PRIMARY_COLUMNS, name);
  const [, sdnName, type, program, title, callSign, vesselType, tonnage, grt, flag, owner] = fields;
  const partyName = fieldText(sdnName);
  if (partyName === undefined) {
    throw new ContentError(
      "missing-field",
      `${name} line ${row.line}: expected a name in column 2, found none. Fetch the file again.`,
    );
  }
  const remarks = fieldText(fields[11]);
  const record: CsvRow = {
    format: "csv",
    uid: rowUid(row, name),
    name: partyName,
    type: fieldText(type) ?? "entity",
    programs: fieldText(program)?.split("] [") ?? [],
    ...optional("title", fieldText(title)),
    ...optional("callSign", fieldText(callSign)),
    ...optional("vesselType", fieldText(vesselType)),
    ...optional("tonnage", fieldText(tonnage)),
    ...optional("grossRegisteredTonnage", fieldText(grt)),
    ...optional("vesselFlag", fieldText(flag)),
    ...optional("vesselOwner", fieldText(owner)),
    remarks: allRemarks(remarks, set),
    ...(set === undefined ? {} : { alternates: set.alternates, addresses: set.addresses }),
  };
  return { record, notes: rowNotes(record) };
}

/**
 * Remarks of exactly 1,000 characters are cut, possibly inside a word; the comments file goes on with the very
 * next character.
 */
function allRemarks(remarks: string | undefined, set: SetRows | undefined): CsvRow["remarks"] {
  const all = `${remarks ?? ""}${set?.comments ?? ""}`;
  if (all === "") return [];
  const mayBeCut = (remarks?.length ?? 0) >= REMARKS_LIMIT && set?.comments === undefined;
  return splitRemarks(all, { cut: mayBeCut && set?.hasComments !== true });
}

function rowNotes(row: CsvRow): Note[] {
  return row.programs.length > 0
    ? []
    : [{ code: "no-program", subject: "parties without a program", example: `${row.uid} ${row.name}` }];
}

/** `{ [key]: value }`, or nothing where there is no value. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  // A computed key widens to an index signature; the shape is exactly this one member.
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
