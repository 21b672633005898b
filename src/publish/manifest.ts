import { canonicalJson, compareText, PublishError } from "../domain/index.ts";
import { BUILD_FILE } from "./path.ts";

/**
 * What a build left behind: each path with the hash of what it was made from. `pending` marks what a build was
 * about to touch: after a crash such a file is ours, and its content is not known.
 */
export interface Manifest {
  readonly formatVersion: string;
  readonly artifacts: Readonly<Record<string, string>>;
}

/** What the manifest keeps of an artifact: the hash of its inputs, and after a space its own where it has one. */
export function noteOf(inputsHash: string, ownHash: string | undefined): string {
  return ownHash === undefined ? inputsHash : `${inputsHash} ${ownHash}`;
}

/** The parts of such a note. */
export function readNote(note: string | undefined): { inputsHash: string; ownHash: string | undefined } {
  const [inputsHash = "", ownHash] = (note ?? "").split(" ");
  return { inputsHash, ownHash };
}

export const PENDING = "pending";
const VERSION = "1.0";

/** The bytes of a manifest. */
export function manifestBytes(artifacts: ReadonlyMap<string, string>): Uint8Array {
  // In canonical order from the start, tens of thousands of paths need not be sorted by the library.
  const sorted = [...artifacts].sort(([a], [b]) => compareText(a, b));
  const manifest: Manifest = { artifacts: Object.fromEntries(sorted), formatVersion: VERSION };
  return new TextEncoder().encode(`${canonicalJson(manifest)}\n`);
}

/**
 * Reads what the last build left; empty when there was none.
 * @throws PublishError (`build-file`) when it is not what we wrote: it decides what may be removed.
 */
export function readManifest(bytes: Uint8Array | undefined, where: string): Map<string, string> {
  if (bytes === undefined) return new Map();
  const found = decode(bytes);
  if (found !== null) return found;
  throw new PublishError(
    "build-file",
    `Expected ${where}/${BUILD_FILE} to map paths to hashes (format ${VERSION}), found something else; it says which files may be removed, so nothing was touched. Empty ${where} and build again.`,
  );
}

function decode(bytes: Uint8Array): Map<string, string> | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("artifacts" in value)) return null;
  if (!("formatVersion" in value) || value.formatVersion !== VERSION) return null;
  const { artifacts } = value;
  if (typeof artifacts !== "object" || artifacts === null) return null;
  const entries: [string, string][] = [];
  for (const [path, hash] of Object.entries(artifacts)) {
    if (typeof hash !== "string") return null;
    entries.push([path, hash]);
  }
  return new Map(entries);
}
