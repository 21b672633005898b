import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * What two ledgers of the same days may differ in: when and how we saw it, what we told whom, the hashes of all that, and
 * the lock of a sender, which no repository holds.
 * Heads, parties, records and what was said about them are the same bytes on every host.
 */
const OWN = /^(?:checks|deliveries|observations|\.lock)\/|^(?:manifest\.json|context\/log\.ndjson)$/;

/** The files of a ledger that every host must have alike, by path. */
export function sharedFiles(ledger: string): Map<string, string> {
  const files = [...filesBelow(ledger)].filter(([name]) => !OWN.test(name));
  return new Map(files.map(([name, text]) => [name, withoutSight(text, name)]));
}

/** Every file below a folder with its text, by path. */
export function filesBelow(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((one) => join(one.parentPath, one.name)).sort();
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

/** When something was first seen is an observation, though it stands, also in a sentence, beside what it is about. */
function withoutSight(text: string, name: string): string {
  if (!name.startsWith("context/")) return text;
  return text
    .replace(/"firstSeen":"[^"]+"/g, '"firstSeen":null')
    .replace(/we first saw it at \S+Z/g, "we first saw it");
}

/** Paths that one of them lacks, or has with other bytes. */
export function differences(one: ReadonlyMap<string, string>, two: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...two.keys()])]
    .filter((name) => one.get(name) !== two.get(name))
    .sort();
}
