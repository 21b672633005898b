import {
  ContentError,
  type Coverage,
  type CsvAddress,
  type CsvAlternate,
  type DecodedRecord,
  type RawRecord,
} from "../domain/index.ts";
import type { CsvText, RawRow } from "./csv-rows.ts";
import type { DetectedFile } from "./list-file.ts";
import {
  ADDRESS_COLUMNS,
  ALTERNATE_COLUMNS,
  decodePrimary,
  fieldText,
  optional,
  requireWholeRow,
  rowFields,
  rowUid,
} from "./sdn-csv.ts";
import { UniqueUids } from "./unique.ts";

/** A file of the set with its rows. */
export interface SetFile {
  readonly file: DetectedFile;
  readonly text: CsvText;
}

/** What belongs to the primary rows, by party. */
export interface JoinedSet {
  /** What the files that are missing cannot show. */
  readonly coverage: Coverage;
  /** A primary row with its rows of the other files. */
  record(uid: number, row: RawRow, name: string): RawRecord;
  /** Every row of the other files must land on a party. */
  requireJoined(uids: UniqueUids): void;
}

const COMMENT_COLUMNS = 2;

/** Groups the rows of ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV by the party they belong to. */
export function joinSet(files: {
  readonly alternates: SetFile | undefined;
  readonly addresses: SetFile | undefined;
  readonly comments: SetFile | undefined;
}): JoinedSet {
  const alternates = byParty(files.alternates, ALTERNATE_COLUMNS);
  const addresses = byParty(files.addresses, ADDRESS_COLUMNS);
  const comments = byParty(files.comments, COMMENT_COLUMNS);
  requireOneComment(files.comments, comments);
  return {
    coverage: {
      ...(files.alternates === undefined ? { alias: "absent" as const } : {}),
      ...(files.addresses === undefined ? { address: "absent" as const } : {}),
      ...(files.comments === undefined ? { remarks: "truncated" as const } : {}),
    },
    record: (uid, row, name) =>
      new SetRecord(uid, row, name, {
        alternates: alternates.get(uid) ?? [],
        addresses: addresses.get(uid) ?? [],
        comments: comments.get(uid) ?? [],
        files,
      }),
    requireJoined(uids) {
      for (const [file, rows] of [
        [files.alternates, alternates],
        [files.addresses, addresses],
        [files.comments, comments],
      ] as const) {
        const orphans = [...rows.keys()].filter((uid) => !uids.has(uid));
        if (orphans.length === 0) continue;
        throw new ContentError(
          "orphan-rows",
          `${file?.file.name}: expected every row to belong to a party of the primary file, found rows of ` +
            `${orphans.length} unknown parties (${orphans.slice(0, 5).join(", ")}). The files are not of one ` +
            "publication; fetch them together.",
        );
      }
    },
  };
}

function byParty(file: SetFile | undefined, columns: number): Map<number, RawRow[]> {
  const rows = new Map<number, RawRow[]>();
  if (file === undefined) return rows;
  const last = file.text.rows[file.text.rows.length - 1];
  if (file.text.openEnd && last !== undefined) requireWholeRow(last, columns, file.file.name);
  for (const row of file.text.rows) {
    const uid = rowUid(row, file.file.name);
    const own = rows.get(uid);
    if (own === undefined) rows.set(uid, [row]);
    else own.push(row);
  }
  return rows;
}

function requireOneComment(file: SetFile | undefined, comments: ReadonlyMap<number, RawRow[]>): void {
  const uids = new UniqueUids();
  for (const [uid, rows] of comments) for (const _ of rows) uids.add(uid);
  uids.check(file?.file.name ?? "");
}

interface OwnRows {
  readonly alternates: readonly RawRow[];
  readonly addresses: readonly RawRow[];
  readonly comments: readonly RawRow[];
  readonly files: Parameters<typeof joinSet>[0];
}

class SetRecord implements RawRecord {
  readonly uid: number;
  readonly #row: RawRow;
  readonly #name: string;
  readonly #own: OwnRows;

  constructor(uid: number, row: RawRow, name: string, own: OwnRows) {
    this.uid = uid;
    this.#row = row;
    this.#name = name;
    this.#own = own;
  }

  get raw(): string {
    const { alternates, addresses, comments } = this.#own;
    return [this.#row, ...alternates, ...addresses, ...comments].map((row) => row.text).join("\n");
  }

  decode(): DecodedRecord {
    const { files } = this.#own;
    const comment = this.#own.comments[0];
    const commentsName = files.comments?.file.name ?? "";
    return decodePrimary(this.#row, this.#name, {
      alternates: this.#own.alternates.map((row) => alternate(row, files.alternates?.file.name ?? "")),
      addresses: this.#own.addresses.map((row) => address(row, files.addresses?.file.name ?? "")),
      comments: comment === undefined ? undefined : rowFields(comment, COMMENT_COLUMNS, commentsName)[1],
      hasComments: files.comments !== undefined,
    });
  }
}

function alternate(row: RawRow, name: string): CsvAlternate {
  const [, uid, type, aliasName, remarks] = rowFields(row, ALTERNATE_COLUMNS, name);
  return {
    uid: childNumber(uid, row, name),
    type: fieldText(type) ?? missing("a type", row, name),
    name: fieldText(aliasName) ?? missing("a name", row, name),
    ...optional("remarks", fieldText(remarks)),
  };
}

function address(row: RawRow, name: string): CsvAddress {
  const [, uid, street, locality, country, remarks] = rowFields(row, ADDRESS_COLUMNS, name);
  return {
    uid: childNumber(uid, row, name),
    ...optional("address", fieldText(street)),
    ...optional("locality", fieldText(locality)),
    ...optional("country", fieldText(country)),
    ...optional("remarks", fieldText(remarks)),
  };
}

function childNumber(field: string | undefined, row: RawRow, name: string): number {
  return field !== undefined && /^\d{1,10}$/.test(field) ? Number(field) : missing("a number", row, name);
}

function missing(what: string, row: RawRow, name: string): never {
  throw new ContentError(
    "missing-field",
    `${name} line ${row.line}: expected ${what}, found none. Fetch the file again; if it stays, its format changed.`,
  );
}
