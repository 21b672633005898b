import { type Instant, UsageError } from "../domain/index.ts";
import { readLocalFile } from "./files.ts";

/**
 * Capture instants by file name, from `{"files": [{"file": "SDN.CSV", "capturedAt": "2023-05-23T18:43:34Z"}]}`.
 * @throws UsageError `no-such-file`, `bad-manifest`
 */
export function readManifest(path: string): Map<string, Instant> {
  const { bytes } = readLocalFile(path);
  const content = parse(new TextDecoder().decode(bytes), path);
  const captured = new Map<string, Instant>();
  for (const entry of content) {
    const file: unknown = member(entry, "file");
    const at: unknown = member(entry, "capturedAt");
    if (
      typeof file !== "string" ||
      typeof at !== "string" ||
      Number.isNaN(Date.parse(at)) ||
      !at.endsWith("Z")
    ) {
      throw refusal(
        path,
        'every entry to be {"file": "…", "capturedAt": "2023-05-23T18:43:34Z"}',
        JSON.stringify(entry),
      );
    }
    captured.set(file, at);
  }
  return captured;
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
