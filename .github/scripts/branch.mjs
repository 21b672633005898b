// Keeps a folder on a branch of its own, so that the main branch's commits show publications only. The folder lies
// outside the work tree; index and work tree of the checkout are never touched.
// usage: node branch.mjs restore <branch> <folder>
//        node branch.mjs push <branch> <folder> <message> [--only-add]
// `--only-add` is for stores whose files never change: what is there stays, what is new comes along.
import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { branch as checkedOut, expectDone, git, remote, run } from "./git.mjs";
import { output, stop, workPath } from "./runner.mjs";

const TRIES = 5;

/** Fills the folder with what the branch holds; empty when there is no such branch yet. */
export function restore(name, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const parent = fetchedBranch(name);
  if (parent === undefined) return false;
  const env = emptyIndex(name);
  expectDone(["read-tree"], run(["read-tree", parent], { env }));
  expectDone(
    ["checkout-index"],
    run(["checkout-index", "--all", "--force", `--prefix=${resolve(folder)}/`], { env }),
  );
  return true;
}

/**
 * Makes the branch hold what the folder holds, in one commit, on top of whatever others pushed.
 * @returns whether there was anything to push
 */
export function push(name, folder, message, { onlyAdd = false } = {}) {
  if (run(["symbolic-ref", "--quiet", "HEAD"]).status === 0 && checkedOut() === name)
    throw new Error(`expected a branch of its own, found ${name}, which is checked out`);
  for (let attempt = 1; ; attempt += 1) {
    const parent = fetchedBranch(name);
    const tree = treeOf(name, folder, onlyAdd ? parent : undefined);
    const before = parent === undefined ? emptyTree() : git("rev-parse", `${parent}^{tree}`);
    if (tree === before) return false;
    const commit = git("commit-tree", tree, ...(parent === undefined ? [] : ["-p", parent]), "-m", message);
    const pushed = remote("push", "--quiet", "origin", `${commit}:refs/heads/${name}`);
    if (pushed.status === 0) return true;
    if (attempt === TRIES)
      throw new Error(`could not push ${name} after ${TRIES} attempts:\n${pushed.stderr}`);
  }
}

/** The newest commit of a branch of the remote; undefined when there is none. */
function fetchedBranch(name) {
  const ref = `refs/heads/${name}`;
  const known = remote("ls-remote", "--exit-code", "origin", ref);
  if (known.status === 2) return undefined;
  expectDone(["ls-remote"], known);
  expectDone(["fetch"], remote("fetch", "--quiet", "--depth=1", "origin", ref));
  return git("rev-parse", "FETCH_HEAD");
}

/** Writes the tree of a folder: by itself, or added to what a commit holds. */
function treeOf(name, folder, onto) {
  const env = emptyIndex(name);
  if (onto !== undefined) expectDone(["read-tree"], run(["read-tree", onto], { env }));
  const inFolder = {
    env: { ...env, GIT_DIR: git("rev-parse", "--absolute-git-dir"), GIT_WORK_TREE: resolve(folder) },
  };
  const at = { ...inFolder, cwd: resolve(folder) };
  const others = expectDone(["ls-files"], run(["ls-files", "--others", "-z"], at));
  // What a crash left half done is no part of what is kept.
  const paths = others.split("\0").filter((path) => path !== "" && !path.startsWith(".commit/"));
  const input = paths.join("\0");
  if (paths.length > 0) {
    const add = ["-c", "core.autocrlf=false", "update-index", "--add", "-z", "--stdin"];
    expectDone(["update-index"], run(add, { ...at, input }));
  }
  return expectDone(["write-tree"], run(["write-tree"], { env }));
}

function emptyIndex(name) {
  const path = workPath(`index-${name.replaceAll("/", "-")}`);
  rmSync(path, { force: true });
  return { GIT_INDEX_FILE: path };
}

function emptyTree() {
  return expectDone(["mktree"], run(["mktree"], { input: "" }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));

function main([verb, name, folder, message, flag]) {
  try {
    if (verb === "restore" && folder !== undefined) output("restored", restore(name, folder));
    else if (verb === "push" && message !== undefined)
      output("pushed", push(name, folder, message, { onlyAdd: flag === "--only-add" }));
    else
      stop(
        "expected: branch.mjs restore <branch> <folder> | push <branch> <folder> <message> [--only-add]",
        2,
      );
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}
