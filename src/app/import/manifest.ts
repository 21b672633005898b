import {
  captureDate,
  type Instant,
  type IsoDate,
  isIsoDate,
  type Provenance,
  UsageError,
} from "../../domain/index.ts";
import { readLocalFile } from "../files.ts";
import { dayFault } from "./dating.ts";

/** What a manifest says of a file. */
export interface ManifestEntry {
  /** When it was captured. */
  readonly capturedAt?: Instant;
  /** The Eastern day that it stands for, where no instant is known. */
  readonly date?: IsoDate;
  readonly provenance?: Provenance;
}

/** What is known of files besides their content. */
export interface ImportManifest {
  /** By the longest end of a path that an entry names: `2018-12-20/SDN.CSV.gz` before `SDN.CSV.gz`. */
  of(path: string): ManifestEntry | undefined;
  /** Files that entries name and that none of these paths is; in the order of the entries. */
  unmatched(paths: readonly string[]): readonly string[];
}

const PROVENANCES: readonly string[] = ["official file", "third-party capture", "composed"];
const MEMBERS: readonly string[] = ["file", "capturedAt", "date", "provenance"];

/**
 * Reads `{"files": [{"file": "2018-12-20/SDN.CSV", "capturedAt": "…Z", "date": "2018-12-20", "provenance": "…"}]}`; all
 * but `file` are optional, other members there are none.
 * @param now nothing was captured later; missing: any later day is taken
 * @throws UsageError `no-such-file`, `bad-manifest`
 */
export function readManifest(path: string, now: Instant | undefined): ImportManifest {
  const { bytes } = readLocalFile(path);
  const entries = new Map<string, ManifestEntry>();
  for (const entry of parse(new TextDecoder().decode(bytes), path)) {
    const file = member(entry, "file");
    if (typeof file !== "string" || file === "")
      throw refusal(path, 'every entry to have a "file"', show(entry));
    const name = file.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
    if (entries.has(name)) throw refusal(path, "one entry for each file", `a second one, ${show(entry)}`);
    entries.set(name, entryOf(entry, path, now));
  }
  const nameOf = (wanted: string) => {
    const parts = wanted.split(/[\\/]/);
    return parts.map((_, i) => parts.slice(i).join("/")).find((end) => entries.has(end));
  };
  return {
    of: (wanted) => entries.get(nameOf(wanted) ?? ""),
    unmatched(paths) {
      const found = new Set(paths.map(nameOf));
      return [...entries.keys()].filter((name) => !found.has(name));
    },
  };
}

function entryOf(entry: unknown, path: string, now: Instant | undefined): ManifestEntry {
  refuseOthers(entry, MEMBERS, path);
  const capturedAt = member(entry, "capturedAt");
  const date = member(entry, "date");
  const provenance = member(entry, "provenance");
  if (capturedAt !== undefined && !isInstant(capturedAt)) {
    throw refusal(path, '"capturedAt" like 2023-05-23T18:43:34Z', show(entry));
  }
  if (date !== undefined && !(typeof date === "string" && isIsoDate(date))) {
    throw refusal(path, '"date" like 2023-05-23', show(entry));
  }
  if (provenance !== undefined && !isProvenance(provenance)) {
    throw refusal(path, `"provenance" to be one of ${PROVENANCES.join(", ")}`, show(entry));
  }
  for (const [name, day] of [
    ["date", date],
    ["capturedAt", capturedAt?.slice(0, 10)],
  ] as const) {
    const fault = day === undefined ? undefined : dayFault(day, now);
    if (fault !== undefined) throw refusal(path, `"${name}" ${fault}`, show(entry));
  }
  if (capturedAt !== undefined && date !== undefined && captureDate(capturedAt) !== date) {
    const day = captureDate(capturedAt);
    throw refusal(path, `"date" to be ${day}, the Eastern day of "capturedAt", or left out`, show(entry));
  }
  return {
    ...(capturedAt === undefined ? {} : { capturedAt }),
    ...(date === undefined ? {} : { date }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}

/** A member that is not known is a misspelt one: what it says would be lost. */
function refuseOthers(value: unknown, known: readonly string[], path: string): void {
  const names = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const other = names.find((name) => !known.includes(name));
  if (other === undefined) return;
  const members = known.map((name) => `"${name}"`).join(", ");
  throw refusal(path, `no members but ${members}`, `"${other}" in ${show(value)}`);
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

function isInstant(value: unknown): value is Instant {
  return typeof value === "string" && isIsoDate(INSTANT.exec(value)?.[1] ?? "");
}

function isProvenance(value: unknown): value is Provenance {
  return typeof value === "string" && PROVENANCES.includes(value);
}

function show(entry: unknown): string {
  return JSON.stringify(entry) ?? "nothing";
}

function parse(text: string, path: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal(path, "JSON", error instanceof Error ? error.message : String(error));
  }
  const files: unknown = member(value, "files");
  if (!Array.isArray(files)) throw refusal(path, 'a list "files"', "none");
  refuseOthers(value, ["files"], path);
  return files;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function refusal(path: string, expected: string, found: string): UsageError {
  return new UsageError(
    "bad-manifest",
    `--manifest ${path}: expected ${expected}, found ${found.slice(0, 120)}.`,
  );
}
