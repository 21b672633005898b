import { type Instant, type IsoDate, isIsoDate, type Provenance, UsageError } from "../../domain/index.ts";
import { readLocalFile } from "../files.ts";

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
}

const PROVENANCES: readonly string[] = ["official file", "third-party capture", "composed"];

/**
 * Reads `{"files": [{"file": "2018-12-20/SDN.CSV", "capturedAt": "…Z", "date": "2018-12-20", "provenance": "…"}]}`; all
 * but `file` are optional.
 * @throws UsageError `no-such-file`, `bad-manifest`
 */
export function readManifest(path: string): ImportManifest {
  const { bytes } = readLocalFile(path);
  const entries = new Map<string, ManifestEntry>();
  for (const entry of parse(new TextDecoder().decode(bytes), path)) {
    const file = member(entry, "file");
    if (typeof file !== "string" || file === "")
      throw refusal(path, 'every entry to have a "file"', show(entry));
    entries.set(file, entryOf(entry, path));
  }
  return {
    of(wanted) {
      const parts = wanted.split(/[\\/]/);
      const ends = parts.map((_, i) => parts.slice(i).join("/"));
      return ends.map((end) => entries.get(end)).find((entry) => entry !== undefined);
    },
  };
}

function entryOf(entry: unknown, path: string): ManifestEntry {
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
  return {
    ...(capturedAt === undefined ? {} : { capturedAt }),
    ...(date === undefined ? {} : { date }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}

function isInstant(value: unknown): value is Instant {
  return typeof value === "string" && value.endsWith("Z") && !Number.isNaN(Date.parse(value));
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
