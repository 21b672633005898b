import { parquetWriteBuffer } from "hyparquet-writer";
import { decodeParty, type PartyLine } from "../../../domain/index.ts";
import { csvLine } from "../csv.ts";
import { FLAT_COLUMNS, type FlatChange, flatCell, flatLine } from "./flat-changes.ts";

/** Media types of the flat files. */
export const MEDIA = {
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
} as const;

/** Changes as CSV, RFC 4180 with a header; a cell that a spreadsheet would take for a formula is defused. */
export function changesCsv(changes: readonly FlatChange[]): Uint8Array {
  const names = FLAT_COLUMNS.map(([name]) => name);
  const lines = changes.map((change) => csvLine(names.map((name) => flatCell(change, name))));
  return utf8([csvLine(names), ...lines].join(""));
}

/** Changes as NDJSON: one object a line, exact. */
export function changesNdjson(changes: readonly FlatChange[]): Uint8Array {
  return utf8(changes.map((change) => `${flatLine(change)}\n`).join(""));
}

/** Changes as Parquet: texts, 64-bit integers, and JSON for whole children. */
export function changesParquet(changes: readonly FlatChange[]): Uint8Array {
  return parquet(
    FLAT_COLUMNS.map(([name, kind]) =>
      kind === "integer"
        ? { name, type: "INT64" as const, data: changes.map((change) => BigInt(change[name])) }
        : {
            name,
            type: kind === "json" ? ("JSON" as const) : ("STRING" as const),
            data: changes.map((c) => c[name]),
          },
    ),
  );
}

/** Parties as Parquet: what is asked for most as columns, and the whole party as JSON. */
export function partiesParquet(parties: ReadonlyMap<number, PartyLine>): Uint8Array {
  const all = [...parties.values()].map(decodeParty);
  const text = (name: string, data: (string | null)[]) => ({ name, type: "STRING" as const, data });
  return parquet([
    { name: "uid", type: "INT64", data: all.map(({ uid }) => BigInt(uid)) },
    text(
      "type",
      all.map(({ type }) => type),
    ),
    text(
      "name",
      all.map(({ name }) => name.full),
    ),
    text(
      "blocking",
      all.map(({ blocking }) => blocking),
    ),
    {
      name: "programs",
      type: "JSON",
      data: all.map(({ programs }) => programs?.map(({ code }) => code) ?? []),
    },
    { name: "lists", type: "JSON", data: all.map(({ lists }) => lists?.map(({ name }) => name) ?? []) },
    // No two parties are alike, so a dictionary would be looked for in vain.
    { name: "party", type: "JSON", data: all, encoding: "PLAIN" },
  ]);
}

interface Column {
  readonly name: string;
  readonly type: "STRING" | "INT64" | "JSON";
  readonly data: readonly unknown[];
  readonly encoding?: "PLAIN";
}

function parquet(columns: readonly Column[]): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, type, data, encoding }) => ({
        name,
        type,
        ...(encoding === undefined ? {} : { encoding }),
        data: [...data],
        nullable: type !== "INT64",
      })),
    }),
  );
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
