// Commits what changed under a folder and pushes it. Nothing to commit is not a failure; a lost race is rebased.
// usage: node commit.mjs <folder> (--report update.json | --message text) [--cli dist/cli/main.js]
// Prints and writes to $GITHUB_OUTPUT: changed=true|false, commit=<hash>.
import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";

const TRIES = 5;
const [folder, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
if (folder === undefined) throw new Error("expected the folder to commit");

const changed = commit();
output("changed", String(changed));
output("commit", git("rev-parse", "HEAD").trim());

function commit() {
  git("add", "--all", "--", folder);
  if (run("git", ["diff", "--cached", "--quiet"]).status === 0) return false;
  const message = option("--message") ?? messageOf(JSON.parse(readFileSync(option("--report"), "utf8")));
  git("commit", "--quiet", "--message", message);
  for (let attempt = 1; ; attempt += 1) {
    const pushed = run("git", ["push", "--quiet", "origin", "HEAD"]);
    if (pushed.status === 0) return true;
    if (attempt === TRIES) fail(`could not push after ${TRIES} attempts`, pushed);
    const rebased = run("git", [
      "pull",
      "--quiet",
      "--rebase",
      "origin",
      git("rev-parse", "--abbrev-ref", "HEAD").trim(),
    ]);
    if (rebased.status !== 0) {
      run("git", ["rebase", "--abort"]);
      fail(
        "another run recorded something else at the same time; nothing was pushed, the next run looks again",
        rebased,
      );
    }
    verify();
  }
}

/** After a rebase the ledger is another one than this run checked. */
function verify() {
  const cli = option("--cli");
  if (cli === undefined) return;
  const verified = run(process.execPath, [cli, "verify", "--ledger", folder, "--quiet"]);
  if (verified.status !== 0) fail("the rebased ledger does not verify; nothing was pushed", verified);
}

/** The headline of what was recorded, with what proves it as trailers. Foreign text stays on its line. */
function messageOf(report) {
  const fresh = report.lists.filter((list) => list.headline !== null);
  const [first] = fresh;
  if (first === undefined) return "Note a look at the sources";
  const subject = fresh.map((list) => oneLine(list.headline)).join(" | ");
  const trailers = fresh.flatMap((list) => [
    `Publication: ${oneLine(list.id)}`,
    `State: ${oneLine(list.stateHash)}`,
  ]);
  return `${subject}\n\n${trailers.join("\n")}`;
}

function oneLine(text) {
  return String(text)
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}

function output(name, value) {
  console.log(`${name}=${value}`);
  if (process.env["GITHUB_OUTPUT"] !== undefined)
    appendFileSync(process.env["GITHUB_OUTPUT"], `${name}=${value}\n`);
}

function git(...args) {
  const done = run("git", args);
  if (done.status !== 0) fail(`git ${args[0]} failed`, done);
  return done.stdout;
}

function run(command, args) {
  return spawnSync(command, args, { encoding: "utf8" });
}

function fail(message, done) {
  console.error(`${message}\n${done.stdout}${done.stderr}`);
  process.exit(1);
}
