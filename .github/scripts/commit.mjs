// Commits what changed under the ledger's folder and pushes it. Nothing to commit is not a failure; a lost race is
// rebased and verified again. Records hold no clock and no header, so two runs that saw the same publication wrote the
// same bytes: then there is nothing left to push. Where the bytes differ, the run stops.
// usage: node commit.mjs <folder> (--report update.json | --message text) [--cli dist/cli/main.js]
// Exit codes: 0 pushed, or nothing to do; 75 the ledger moved on meanwhile, nothing was pushed; 1 anything else.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { branch, git, remote, run } from "./git.mjs";
import { messageOf } from "./message.mjs";
import { output, stop } from "./runner.mjs";

const TRIES = 5;
const PAUSE_MS = 2_000;
export const TRY_AGAIN = 75;

/**
 * @param folder the ledger
 * @param message of the commit
 * @param cli verifies the ledger after a rebase
 * @param alone folder of the ledger that is this run's alone: when another changed it too, nothing is rebased
 * @returns `outcome`: `nothing` to commit, `pushed`, `already` recorded by another run with the same bytes (the branch
 * now stands where that run left it), or `again`: the ledger moved on in another way; nothing was pushed, `theirs` is
 * where it stands
 * @throws Error when the same record has other bytes there, when the rebased ledger does not verify, when git fails
 */
export function commitLedger({ folder, message, cli, alone, pauseMs = PAUSE_MS }) {
  // What a crash left half done is finished or cleared by the next command; it is no part of the ledger.
  git("add", "--all", "--", folder, `:(exclude)${folder}/.commit`);
  if (run(["diff", "--cached", "--quiet", "--", folder]).status === 0) return { outcome: "nothing" };
  git("commit", "--quiet", "--message", message, "--", folder);
  const target = branch();
  for (let attempt = 1; ; attempt += 1) {
    const pushed = remote("push", "--quiet", "origin", `HEAD:refs/heads/${target}`);
    if (pushed.status === 0) return { outcome: "pushed" };
    if (attempt === TRIES) throw new Error(`could not push after ${TRIES} attempts:\n${pushed.stderr}`);
    const theirs = fetched(target);
    if (run(["merge-base", "--is-ancestor", theirs, "HEAD"]).status === 0) {
      pause(pauseMs * attempt); // Nobody was faster: the remote refused, or could not be reached.
      continue;
    }
    const base = git("merge-base", "HEAD", theirs);
    if (alone !== undefined && differs(base, theirs, `${folder}/${alone}`))
      return { outcome: "again", theirs };
    const mine = recordsSince(base, "HEAD", folder);
    for (const path of mine) requireSame(path, theirs);
    if (mine.length > 0 && mine.every((path) => blob(theirs, path) !== undefined)) {
      git("reset", "--quiet", "--keep", theirs);
      verify(folder, cli);
      return { outcome: "already" };
    }
    if (run(["rebase", "--quiet", "--autostash", theirs]).status !== 0) {
      git("rebase", "--abort");
      return { outcome: "again", theirs };
    }
    verify(folder, cli);
  }
}

function fetched(target) {
  const done = remote("fetch", "--quiet", "origin", target);
  if (done.status !== 0) throw new Error(`could not fetch ${target}:\n${done.stderr}`);
  return git("rev-parse", "FETCH_HEAD");
}

function differs(one, two, path) {
  return run(["diff", "--quiet", one, two, "--", path]).status !== 0;
}

/** Files of records that a commit has and its base has not. */
function recordsSince(base, commit, folder) {
  const names = git(
    "diff",
    "--name-only",
    "--no-renames",
    "--diff-filter=AM",
    "-z",
    base,
    commit,
    "--",
    folder,
  );
  return names.split("\0").filter((path) => /(?:^|\/)records\/[^/]+\/[^/]+\.json$/.test(path));
}

function requireSame(path, theirs) {
  const other = blob(theirs, path);
  if (other === undefined || other === blob("HEAD", path)) return;
  throw new Error(
    `another run recorded something else as ${path}: expected the bytes of blob ${blob("HEAD", path)}, found ${other} ` +
      `in ${theirs}. Nothing was pushed. Two runs that see the same publication write the same bytes, so one of them ` +
      "read another file or ran another version: compare both with `ofac-ledger diff` before the next run.",
  );
}

/** The blob of a path in a commit; undefined where there is none. */
function blob(commit, path) {
  const done = run(["rev-parse", "--quiet", "--verify", `${commit}:${path}`]);
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** After a rebase the ledger is another one than this run checked. */
function verify(folder, cli) {
  if (cli === undefined) return;
  const done = spawnSync(process.execPath, [cli, "verify", "--ledger", folder, "--quiet"], {
    encoding: "utf8",
  });
  if (done.status !== 0) {
    throw new Error(
      `the ledger does not verify on top of the other run's; nothing was pushed:\n${done.stderr}`,
    );
  }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));

function main([folder, ...rest]) {
  const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
  const report = option("--report");
  const text = option("--message");
  if (folder === undefined || (report === undefined && text === undefined))
    stop("expected: commit.mjs <folder> (--report <file> | --message <text>) [--cli <file>]", 2);
  try {
    const message = text ?? messageOf(JSON.parse(readFileSync(report, "utf8")), join(process.cwd(), folder));
    const { outcome, theirs } = commitLedger({ folder, message, cli: option("--cli") });
    if (outcome === "again")
      stop(
        `the ledger moved on to ${theirs} meanwhile; nothing was pushed. Run again on top of it.`,
        TRY_AGAIN,
      );
    output("changed", outcome === "pushed");
    output("commit", git("rev-parse", "HEAD"));
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}
