import { type Hash, IntegrityError, sha256 } from "../domain/index.ts";
import { type Relisting, readEntries } from "./collection.ts";
import type { LedgerFiles } from "./files.ts";
import { COLLECTIONS, type Collection, headPath, logPath, MANIFEST } from "./layout.ts";
import { type Manifest, manifestSeal, readManifest } from "./manifest.ts";
import { segmentsOnDisk } from "./read.ts";

/**
 * Proves what a commit goes on from, so that damage is never sealed anew: the manifest, every head and log that it
 * lists (and none that it does not), and those listed files that the commit replaces or removes. A commit reads or
 * lists all of these anew; what else the ledger holds is for `verify`.
 * @returns the manifest; undefined in an empty ledger
 * @throws IntegrityError `not-as-listed` naming the file, and as `readManifest`
 */
export function proveBase(
  files: LedgerFiles,
  relisted: ReadonlyMap<Collection, Relisting>,
): Manifest | undefined {
  const manifest = readManifest(files);
  const seal = manifest === undefined ? undefined : manifestSeal(manifest);
  if (manifest?.seal !== seal) {
    throw notAsListed(MANIFEST, `the seal ${seal} of its content`, String(manifest?.seal));
  }
  const listed = new Map(Object.entries({ ...manifest?.heads, ...manifest?.logs }));
  for (const [path, hash] of listed) requireHash(files, path, hash, MANIFEST);
  const heads = segmentsOnDisk(files).map((ref) => headPath(ref.list, ref.segment));
  for (const path of [...heads, ...COLLECTIONS.map(logPath)]) {
    if (!listed.has(path)) requireNone(files, path);
  }
  for (const [collection, changes] of relisted) {
    for (const { path, sha256: hash } of readEntries(files, collection)) {
      if (changes.has(path)) requireHash(files, path, hash, logPath(collection));
    }
  }
  return manifest;
}

function requireHash(files: LedgerFiles, path: string, expected: Hash, by: string): void {
  const bytes = files.read(path);
  const found = bytes === undefined ? "no such file" : sha256(bytes);
  if (found !== expected) throw notAsListed(path, `${expected}, as ${by} lists it`, found);
}

function requireNone(files: LedgerFiles, path: string): void {
  const bytes = files.read(path);
  if (bytes !== undefined)
    throw notAsListed(path, `it to be listed in ${MANIFEST}`, `${sha256(bytes)}, unlisted`);
}

function notAsListed(path: string, expected: string, found: string): IntegrityError {
  return new IntegrityError(
    "not-as-listed",
    `${path}: expected ${expected}, found ${found}. Nothing was written, since that would hide the damage. ` +
      '"ofac-ledger verify" names all of it; restore the files from the history of their repository (git log, git ' +
      "checkout) and run again.",
  );
}
