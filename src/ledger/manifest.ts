import {
  canonicalJson,
  FORMAT_VERSION,
  type Hash,
  IntegrityError,
  sha256,
  UsageError,
} from "../domain/index.ts";
import type { LedgerFiles } from "./files.ts";
import { isObject, parseFile } from "./json.ts";
import { MANIFEST } from "./layout.ts";

/**
 * The root of what no chain holds: heads of all segments, logs of all collections. Nothing stands above it, so
 * it seals itself: damage shows, and shows here rather than in what it lists.
 */
export interface Manifest {
  readonly formatVersion: string;
  readonly heads: Readonly<Record<string, Hash>>;
  readonly logs: Readonly<Record<string, Hash>>;
  /** SHA-256 of the canonical form of the other members. */
  readonly seal: Hash;
}

/** The seal of a manifest's other members. */
export function manifestSeal({ formatVersion, heads, logs }: Omit<Manifest, "seal">): Hash {
  return sha256(canonicalJson({ formatVersion, heads, logs }));
}

/**
 * The manifest, or undefined in an empty ledger.
 * @throws UsageError `unknown-format`; IntegrityError `not-json`, `not-a-manifest`
 */
export function readManifest(files: Pick<LedgerFiles, "read">): Manifest | undefined {
  const bytes = files.read(MANIFEST);
  if (bytes === undefined) return undefined;
  const content = parseFile<unknown>(MANIFEST, bytes);
  requireKnownMajor(MANIFEST, content);
  if (isManifest(content)) return content;
  throw new IntegrityError(
    "not-a-manifest",
    `${MANIFEST}: expected an object with formatVersion, heads, logs and seal, found something else. Restore the file ` +
      "from its repository.",
  );
}

/**
 * Refuses a ledger of a major version that this program does not know: it may mean anything, and to go on would turn
 * it into one of ours.
 * @throws as `readManifest`
 */
export function requireKnownFormat(files: Pick<LedgerFiles, "read">): void {
  readManifest(files);
}

const MAJOR = FORMAT_VERSION.split(".")[0];
export const UNKNOWN_FORMAT = "unknown-format";

/** @throws UsageError `unknown-format` when the content names a major version that is not known */
export function requireKnownMajor(path: string, content: unknown): void {
  const version = isObject(content) ? content["formatVersion"] : undefined;
  const major = typeof version === "string" ? /^(\d+)\.\d+$/.exec(version)?.[1] : undefined;
  if (major === undefined || major === MAJOR) return;
  throw new UsageError(
    UNKNOWN_FORMAT,
    `${path}: expected formatVersion ${MAJOR}.x, found ${String(version)}. A later version of ofac-ledger ` +
      "wrote it: update ofac-ledger. Nothing was changed.",
  );
}

function isManifest(content: unknown): content is Manifest {
  if (!isObject(content)) return false;
  const { formatVersion, heads, logs, seal } = content;
  return typeof formatVersion === "string" && typeof seal === "string" && isHashes(heads) && isHashes(logs);
}

function isHashes(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((hash) => typeof hash === "string");
}
