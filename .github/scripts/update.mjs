// Runs one update, keeps its report, and tells its exit code as an output, so that what could be read is
// committed before a failure ends the job.
// usage: node update.mjs <cli> <ledger> <report.json>
import { spawnSync } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";

const [cli, ledger, report] = process.argv.slice(2);
const accept = process.env["ACCEPT"] ?? "";
const args = [cli, "update", "--ledger", ledger, "--json", ...(accept === "" ? [] : ["--accept", accept])];
const done = spawnSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const facts = done.stdout.trim() === "" ? { lists: [] } : JSON.parse(done.stdout);
writeFileSync(report, `${JSON.stringify(facts)}\n`);
tell("GITHUB_OUTPUT", `status=${done.status ?? 1}`);
for (const list of facts.lists) {
  const text =
    list.headline ?? `${list.list}: ${list.outcome}${list.error === null ? "" : ` (${list.error.code})`}`;
  tell("GITHUB_STEP_SUMMARY", `- \`${text.replace(/[`\p{Cc}]/gu, " ")}\``);
}

/** Appends to one of the runner's files, or prints where there is no runner. */
function tell(file, line) {
  const path = process.env[file];
  if (path === undefined) console.log(line);
  else appendFileSync(path, `${line}\n`);
}
