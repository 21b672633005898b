import { compareText, type PlannedArtifact, PublishError } from "../domain/index.ts";
import { eachAtOnce } from "./at-once.ts";
import type { Entry, PublishFiles } from "./files.ts";
import { manifestBytes, noteOf, PENDING, readManifest, readNote } from "./manifest.ts";
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

/** A folder as a build finds it. */
interface Site {
  readonly outDir: string;
  readonly files: PublishFiles;
  readonly manifest: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, Entry>;
}

/**
 * Puts a site in place. Only what changed is written: whatever `.build.json` says was made from the same
 * inputs is not even rendered. What may be touched is noted first, then all new content is put beside its
 * target before the first file is replaced: a crash leaves every file whole, old or new, and the next build
 * completes it. Removes what an earlier build wrote and nobody wants any more; never touches a file it did
 * not write.
 * @throws PublishError `path-escape`, `path-collision`, `build-file`, `foreign-file`, `not-a-folder`, `unreadable-folder`,
 * `write-failed`
 */
export async function publish(
  artifacts: readonly PlannedArtifact[],
  outDir: string,
  files: PublishFiles,
  options: PublishOptions = {},
): Promise<PublishReport> {
  for (const { path } of artifacts) checkPath(path);
  checkCollisions(artifacts.map(({ path }) => path));
  const site = await look(outDir, files);
  for (const { path } of artifacts) checkFolders(path, site);
  const wanted = new Map(artifacts.map((artifact) => [artifact.path, noteOn(artifact, site)]));
  const doubtful = artifacts.filter(
    (artifact) => options.full === true || !isCurrent(artifact.path, wanted, site),
  );
  for (const artifact of doubtful) await checkForeign(artifact, site);
  const removed = [...site.manifest.keys()].filter(
    (path) => !wanted.has(path) && site.entries.get(path)?.kind === "file",
  );
  const written = await stage(doubtful, removed, wanted, site);
  await settle(written, removed, wanted, site);
  const kept = new Set(written);
  return {
    written: written.sort(compareText),
    unchanged: [...wanted.keys()].filter((path) => !kept.has(path)).sort(compareText),
    removed: removed.sort(compareText),
    rendered: doubtful.length,
  };
}

async function look(outDir: string, files: PublishFiles): Promise<Site> {
  const left = await reading(outDir, () => files.read(`${outDir}/${BUILD_FILE}`));
  const manifest = readManifest(left, outDir);
  for (const path of manifest.keys()) checkPath(path);
  const entries = new Map(
    (await reading(outDir, () => files.list(outDir))).map((entry) => [entry.path, entry]),
  );
  return { outDir, files, manifest, entries };
}

/** What an artifact is made from. Its own hash is only worked out where the one over all inputs is another. */
function noteOn({ path, inputsHash, ownHash }: PlannedArtifact, { manifest }: Site): string {
  const known = readNote(manifest.get(path));
  const stands = known.inputsHash === inputsHash && (known.ownHash === undefined) === (ownHash === undefined);
  return noteOf(inputsHash, stands ? known.ownHash : ownHash?.());
}

function isCurrent(path: string, wanted: ReadonlyMap<string, string>, { manifest, entries }: Site): boolean {
  if (entries.get(path)?.kind !== "file") return false;
  const [was, is] = [readNote(manifest.get(path)), readNote(wanted.get(path))];
  return was.inputsHash === is.inputsHash || (is.ownHash !== undefined && was.ownHash === is.ownHash);
}

/** Files that are written at one time. */
const AT_ONCE = 16;

/** Renders one by one and puts beside its target what differs from what is there; gives those paths. */
async function stage(
  doubtful: readonly PlannedArtifact[],
  removed: readonly string[],
  wanted: ReadonlyMap<string, string>,
  site: Site,
): Promise<string[]> {
  const { outDir, files, manifest, entries } = site;
  const left = [BUILD_FILE, ...manifest.keys(), ...wanted.keys()].map(stagedPath);
  for (const path of left) {
    if (entries.get(path)?.kind === "file") await effect(site, () => files.remove(`${outDir}/${path}`));
  }
  const touched = [...doubtful.map(({ path }) => path), ...removed];
  const noted = new Map([...manifest, ...touched.map((path) => [path, PENDING] as const)]);
  if (removed.length > 0) await writeManifest(noted, site);
  let noting = removed.length > 0 ? Promise.resolve() : undefined;
  const written: string[] = [];
  await eachAtOnce(AT_ONCE, rendered(doubtful), async ({ path, bytes }) => {
    const old =
      entries.get(path)?.kind === "file"
        ? await effect(site, () => files.read(`${outDir}/${path}`))
        : undefined;
    if (old !== undefined && Buffer.compare(old, bytes) === 0) return;
    noting ??= writeManifest(noted, site);
    await noting;
    await effect(site, () => files.write(`${outDir}/${stagedPath(path)}`, bytes));
    written.push(path);
  });
  return written;
}

/** One by one, when the next is asked for: few are in memory at a time. */
function* rendered(artifacts: readonly PlannedArtifact[]): Generator<{ path: string; bytes: Uint8Array }> {
  for (const { path, render } of artifacts) yield { path, bytes: render() };
}

/** Replaces, removes, and says last what the site is made from. */
async function settle(
  written: readonly string[],
  removed: readonly string[],
  wanted: ReadonlyMap<string, string>,
  site: Site,
): Promise<void> {
  const { outDir, files, manifest } = site;
  const at = (path: string): string => `${outDir}/${path}`;
  await eachAtOnce(AT_ONCE, written, (path) =>
    effect(site, () => files.rename(at(stagedPath(path)), at(path))),
  );
  for (const path of removed) await effect(site, () => files.remove(at(path)));
  const gone = [...manifest.keys()].filter((path) => !wanted.has(path));
  for (const folder of emptied(gone, wanted)) await effect(site, () => files.removeEmpty(at(folder)));
  if (written.length + removed.length > 0 || !sameMap(manifest, wanted)) await writeManifest(wanted, site);
}

async function writeManifest(artifacts: ReadonlyMap<string, string>, site: Site): Promise<void> {
  const { outDir, files } = site;
  const staged = `${outDir}/${stagedPath(BUILD_FILE)}`;
  await effect(site, () => files.write(staged, manifestBytes(artifacts)));
  await effect(site, () => files.rename(staged, `${outDir}/${BUILD_FILE}`));
}

/** What is there has to be known before anything is written over it. */
async function reading<T>(outDir: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new PublishError(
      "unreadable-folder",
      `Expected ${outDir} to be a folder that can be read, or absent, but the file system refused (${said}). Remove the ` +
        "cause, or choose another folder for the site. Nothing was written.",
      { cause },
    );
  }
}

/** A refusal of the file system in words; anything else that is thrown is a bug and stays one. */
async function effect<T>({ outDir }: Site, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new PublishError(
      "write-failed",
      `Expected to put files in place under ${outDir}, but the file system refused (${said}); every file there is whole, old or new. Remove the cause and build again.`,
      { cause },
    );
  }
}

/** A folder on the way that is a file, a link or a device would lead the write elsewhere. */
function checkFolders(path: string, { entries, outDir }: Site): void {
  for (const folder of foldersOf(path)) {
    const entry = entries.get(folder);
    if (entry === undefined || entry.kind === "folder") continue;
    throw new PublishError(
      "not-a-folder",
      `Expected ${outDir}/${folder} to be a folder or absent, found a file or link; move it away, or choose another folder for the site. Nothing was written.`,
    );
  }
}

/** What no build wrote is left alone, unless it is the very file we would write. */
async function checkForeign({ path, render }: PlannedArtifact, site: Site): Promise<void> {
  const { entries, manifest, files, outDir } = site;
  const entry = entries.get(path);
  if (entry === undefined || (entry.kind === "file" && manifest.has(path))) return;
  const old =
    entry.kind === "file" ? await reading(outDir, () => files.read(`${outDir}/${path}`)) : undefined;
  if (old !== undefined && Buffer.compare(old, render()) === 0) return;
  throw new PublishError(
    "foreign-file",
    `Expected ${outDir}/${path} to be absent or ours, found something no build wrote; move it away, or choose another folder for the site. Nothing was written.`,
  );
}

/** Folders that lost a file, deepest first. */
function emptied(gone: readonly string[], wanted: ReadonlyMap<string, string>): string[] {
  const kept = new Set([...wanted.keys()].flatMap(foldersOf));
  const lost = new Set(gone.flatMap(foldersOf));
  return [...lost]
    .filter((folder) => !kept.has(folder))
    .sort((a, b) => b.split("/").length - a.split("/").length || compareText(a, b));
}

function foldersOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join("/"));
}

function sameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);
}
