import {
  ContentError,
  type Coverage,
  type DecodedRecord,
  type Note,
  type ParsedList,
  type RawRecord,
} from "../domain/index.ts";
import { collect } from "./chunks.ts";
import { type CsvText, type RawRow, splitRows } from "./csv-rows.ts";
import { joinSet } from "./csv-set.ts";
import { type DetectedFile, listOfName } from "./list-file.ts";
import { decodePrimary, PRIMARY_COLUMNS, requireWholeRow, rowUid } from "./sdn-csv.ts";
import { UniqueUids } from "./unique.ts";

/** Areas that no CSV file has. */
const CSV_COVERAGE: Coverage = { list: "absent", "sanctions-type": "absent", "legal-authority": "absent" };

/** SDN.CSV alone: strong aliases and addresses are in files of their own, remarks end at 1,000 characters. */
const PRIMARY_COVERAGE: Coverage = {
  ...CSV_COVERAGE,
  alias: "absent",
  address: "absent",
  remarks: "truncated",
};

/** Opens SDN.CSV or CONS_PRIM.CSV, alone or with the other files of its set. */
export async function openCsv(files: readonly DetectedFile[]): Promise<ParsedList> {
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: splitRows(await collect(file.bytes, file.name), file.name) })),
  );
  const of = (kind: DetectedFile["kind"]) => texts.filter((entry) => entry.file.kind === kind);
  const primary = of("csv-primary")[0];
  for (const kind of ["csv-primary", "csv-alternates", "csv-addresses", "csv-comments"] as const) {
    const found = of(kind);
    if (found.length > 1 || (kind === "csv-primary" && found.length === 0)) {
      throw new ContentError(
        "incomplete-set",
        `expected one ${kind} file (SDN.CSV or CONS_PRIM.CSV is the primary), found ${found.length} among ` +
          `${files.map((file) => file.name).join(", ")}. Give the files of one publication.`,
      );
    }
  }
  if (primary === undefined) throw new Error("unreachable: a primary file was counted");
  const name = primary.file.name;
  const notes = texts.flatMap(({ file, text }) => endNotes(text, file.name));
  const alone = texts.length === 1;
  const set = alone
    ? undefined
    : joinSet({
        alternates: of("csv-alternates")[0],
        addresses: of("csv-addresses")[0],
        comments: of("csv-comments")[0],
      });
  if (primary.text.openEnd) requireWholeLast(primary.text, name);
  return {
    format: alone ? "SDN.CSV" : "CSV set",
    profile: alone ? "csv" : "csv-set",
    list: listOfName(name),
    coverage: set === undefined ? PRIMARY_COVERAGE : { ...CSV_COVERAGE, ...set.coverage },
    interpreter: alone ? "csv/2" : "csv-set/2",
    reference: "",
    publishDate: null,
    recordCount: null,
    async *batches(): AsyncGenerator<readonly RawRecord[]> {
      const uids = new UniqueUids();
      const records = primary.text.rows.map((row): RawRecord => {
        const uid = rowUid(row, name);
        uids.add(uid);
        return set === undefined ? new PrimaryRecord(uid, row, name) : set.record(uid, row, name);
      });
      uids.check(name);
      set?.requireJoined(uids);
      yield records;
    },
    notes: () => notes,
    close: async () => {},
  };
}

/** A row of a primary file that is read alone: its text is all there is. */
class PrimaryRecord implements RawRecord {
  readonly uid: number;
  readonly raw: string;
  readonly #row: RawRow;
  readonly #name: string;

  constructor(uid: number, row: RawRow, name: string) {
    this.uid = uid;
    this.#row = row;
    this.#name = name;
    this.raw = row.text;
  }

  decode(): DecodedRecord {
    return decodePrimary(this.#row, this.#name);
  }
}

function requireWholeLast(text: CsvText, name: string): void {
  const last = text.rows[text.rows.length - 1];
  if (last !== undefined) requireWholeRow(last, PRIMARY_COLUMNS, name);
}

/** CSV has no count of its rows: without the end mark a cut at a line end cannot be seen. */
function endNotes(text: CsvText, name: string): Note[] {
  return text.endMark
    ? []
    : [{ code: "no-end-mark", subject: "files without 0x1A at the end", example: name }];
}
