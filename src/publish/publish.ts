import { compareText, type PlannedArtifact, PublishError } from "../domain/index.ts";
import type { Entry, PublishFiles } from "./files.ts";
import { manifestBytes, PENDING, readManifest } from "./manifest.ts";
import { BUILD_FILE, checkCollisions, checkPath, stagedPath } from "./path.ts";

export interface PublishOptions {
  /** Renders everything, whatever the last build says; files with equal bytes stay untouched all the same. */
  readonly full?: boolean;
}

/** What a build did; each list in order of path. */
export interface PublishReport {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
  /** How many artifacts had to be rendered. */
  readonly rendered: number;
}

/** One step of a build that has been decided. */
interface Plan {
  readonly write: ReadonlyMap<string, Uint8Array>;
  readonly remove: readonly string[];
  readonly unchanged: readonly string[];
  readonly rendered: number;
}

/**
 * Puts a site in place. Only what changed is written: whatever `.build.json` says was made from the same
 * inputs is not even rendered. All new content is on disk beside its target before the first file is replaced;
 * a crash leaves every file whole, old or new, and the next build completes it. Removes what an earlier build
 * wrote and nobody wants any more; never touches a file it did not write.
 * @throws PublishError `path-escape`, `path-collision`, `build-file`, `foreign-file`, `not-a-folder`, `write-failed`
 */
export async function publish(
  artifacts: readonly PlannedArtifact[],
  outDir: string,
  files: PublishFiles,
  options: PublishOptions = {},
): Promise<PublishReport> {
  for (const { path } of artifacts) checkPath(path);
  checkCollisions(artifacts.map(({ path }) => path));
  const manifest = readManifest(await files.read(`${outDir}/${BUILD_FILE}`), outDir);
  for (const path of manifest.keys()) checkPath(path);
  const entries = new Map((await files.list(outDir)).map((entry) => [entry.path, entry]));
  const plan = await decide(artifacts, outDir, files, manifest, entries, options.full === true);
  const wanted = new Map(artifacts.map(({ path, inputsHash }) => [path, inputsHash as string]));
  try {
    await carryOut(plan, outDir, files, manifest, wanted, entries);
  } catch (cause) {
    if (cause instanceof PublishError) throw cause;
    throw new PublishError(
      "write-failed",
      `Expected to put ${plan.write.size} files in place under ${outDir}, but the file system refused (${cause instanceof Error ? cause.message : String(cause)}); every file there is whole, old or new. Free the cause and build again.`,
      { cause },
    );
  }
  return {
    written: [...plan.write.keys()].sort(compareText),
    unchanged: [...plan.unchanged].sort(compareText),
    removed: plan.remove,
    rendered: plan.rendered,
  };
}

async function decide(
  artifacts: readonly PlannedArtifact[],
  outDir: string,
  files: PublishFiles,
  manifest: ReadonlyMap<string, string>,
  entries: ReadonlyMap<string, Entry>,
  full: boolean,
): Promise<Plan> {
  const write = new Map<string, Uint8Array>();
  const unchanged: string[] = [];
  let rendered = 0;
  for (const { path, inputsHash, render } of artifacts) {
    checkFolders(path, entries, outDir);
    const present = entries.get(path);
    if (!full && present?.kind === "file" && manifest.get(path) === inputsHash) {
      unchanged.push(path);
      continue;
    }
    const bytes = render();
    rendered += 1;
    const old = present?.kind === "file" ? await files.read(`${outDir}/${path}`) : undefined;
    if (old !== undefined && equal(old, bytes)) unchanged.push(path);
    else if (present !== undefined && !manifest.has(path)) foreign(path, outDir);
    else if (present !== undefined && present.kind !== "file") foreign(path, outDir);
    else write.set(path, bytes);
  }
  const wanted = new Set(artifacts.map(({ path }) => path));
  const remove = [...manifest.keys()]
    .filter((path) => !wanted.has(path) && entries.get(path)?.kind === "file")
    .sort(compareText);
  return { write, remove, unchanged, rendered };
}

async function carryOut(
  plan: Plan,
  outDir: string,
  files: PublishFiles,
  before: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
  entries: ReadonlyMap<string, Entry>,
): Promise<void> {
  const at = (path: string): string => `${outDir}/${path}`;
  const build = async (artifacts: ReadonlyMap<string, string>): Promise<void> => {
    await files.write(at(stagedPath(BUILD_FILE)), manifestBytes(artifacts));
    await files.rename(at(stagedPath(BUILD_FILE)), at(BUILD_FILE));
  };
  // What a crashed build left beside its targets.
  for (const path of [BUILD_FILE, ...before.keys(), ...wanted.keys()].map(stagedPath)) {
    if (entries.get(path)?.kind === "file") await files.remove(at(path));
  }
  for (const [path, bytes] of plan.write) await files.write(at(stagedPath(path)), bytes);
  if (plan.write.size + plan.remove.length > 0) {
    const touched = [...plan.write.keys(), ...plan.remove];
    await build(new Map([...before, ...touched.map((path) => [path, PENDING] as const)]));
  }
  for (const path of plan.write.keys()) await files.rename(at(stagedPath(path)), at(path));
  for (const path of plan.remove) await files.remove(at(path));
  for (const folder of emptied(plan.remove, wanted)) await files.removeEmpty(at(folder));
  if (!sameMap(before, wanted) || plan.write.size + plan.remove.length > 0) await build(wanted);
}

/** A folder on the way that is a file, a link or a device would lead the write elsewhere. */
function checkFolders(path: string, entries: ReadonlyMap<string, Entry>, outDir: string): void {
  const parts = path.split("/");
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join("/");
    const entry = entries.get(folder);
    if (entry === undefined || entry.kind === "folder") continue;
    throw new PublishError(
      "not-a-folder",
      `Expected ${outDir}/${folder} to be a folder or absent, found a file or link; move it away, or choose another folder for the site. Nothing was written.`,
    );
  }
}

function foreign(path: string, outDir: string): never {
  throw new PublishError(
    "foreign-file",
    `Expected ${outDir}/${path} to be absent or ours, found something no build wrote; move it away, or choose another folder for the site. Nothing was written.`,
  );
}

/** Folders that lost a file, deepest first. */
function emptied(removed: readonly string[], wanted: ReadonlyMap<string, string>): string[] {
  const kept = new Set([...wanted.keys()].flatMap(foldersOf));
  const lost = new Set(removed.flatMap(foldersOf));
  return [...lost]
    .filter((folder) => !kept.has(folder))
    .sort((a, b) => b.split("/").length - a.split("/").length || compareText(a, b));
}

function foldersOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join("/"));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function sameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);
}
