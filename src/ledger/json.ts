import { canonicalJson, IntegrityError } from "../domain/index.ts";

/** A canonical JSON file: RFC 8785 and a final LF. */
export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${canonicalJson(value)}\n`);
}

/** Reads JSON of our own making. @throws IntegrityError `not-json` naming the file */
export function parseFile<T>(path: string, bytes: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as T;
  } catch (error) {
    throw new IntegrityError(
      "not-json",
      `${path}: expected canonical JSON, found ${error instanceof Error ? error.message : String(error)}. ` +
        "Restore the file from its repository.",
      { cause: error },
    );
  }
}

export function isObject(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === "object" && content !== null && !Array.isArray(content);
}
