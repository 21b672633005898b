// Update, verify, commit, push; again on top of the ledger as it then stands when another run was faster.
// Environment: TOKEN (push), OFAC_LEDGER_SIGNING_KEY. Outputs: changed, deploy, commit, status, headline, publications.
// Ends with 0 when the ledger is as it should be; the exit code of the update is an output, so that what could be read is
// published before a failure ends the job.
import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { commitLedger } from "./commit.mjs";
import { git } from "./git.mjs";
import { messageOf } from "./message.mjs";
import { facts, ledgerCommand, output, plan, stop, timed, writeFacts } from "./runner.mjs";

const ROUNDS = 3;
/** After these nothing is committed: a bug, a wrong setting, a ledger that is not as it was written. */
const STOPS = new Set([1, 2, 8]);
const { ledger, cli, accept, force, evidenceBranch } = plan();

try {
  record();
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}

function record() {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { status, report } = timed("update", update);
    if (STOPS.has(status)) stop(`update ended with exit code ${status}; nothing was committed`, status);
    // A first look that nobody answered leaves no ledger at all, and one that is not there cannot be verified.
    mkdirSync(resolve(ledger), { recursive: true });
    const verified = timed("verify", () => ledgerCommand(["verify", "--quiet"], { stdout: "ignore" }));
    if (verified.status !== 0) stop("the ledger does not verify; nothing was committed", verified.status);
    const message = messageOf(report, resolve(ledger));
    const result = timed("commit and push", () => commitLedger({ folder: ledger, message, cli }));
    if (result.outcome !== "again") return tell(status, report, result.outcome);
    console.log(`another run recorded something meanwhile; once more on top of ${result.theirs}`);
    git("reset", "--quiet", "--keep", result.theirs);
    // What the update remembered belongs to the ledger that is gone.
    rmSync(".cache/ofac-ledger", { recursive: true, force: true });
  }
  stop(`the ledger moved on ${ROUNDS} times while this run worked; the next run looks again`, 75);
}

function update() {
  const args = [
    "update",
    "--json",
    ...(accept === "" ? [] : ["--accept", accept]),
    ...(force ? ["--force"] : []),
  ];
  const { status, stdout } = ledgerCommand(args);
  const report = facts(stdout, { lists: [], context: [], issues: [] });
  writeFacts("update.json", report);
  return { status, report };
}

function tell(status, report, outcome) {
  const pushed = outcome === "pushed";
  const owed = evidenceBranch === null ? [] : undeployed();
  // For the latency ledger; it lies beside the chains, so it never makes a commit of theirs.
  if (evidenceBranch !== null && (pushed || owed.length > 0))
    ledgerCommand(["mark", "committed", "--quiet"], { stdout: "ignore" });
  writeFacts("record.json", { outcome, status });
  const fresh = report.lists.filter((list) => list.headline !== null);
  output("changed", pushed);
  output("deploy", pushed || owed.length > 0);
  output("commit", git("rev-parse", "HEAD"));
  output("status", status);
  output("headline", fresh.map((list) => list.headline).join("\n"));
  output("publications", fresh.map((list) => list.id).join(" "));
}

/**
 * Publications of the last day whose deployment nobody has noted: a run can die after its push, a deployment can fail, and
 * an operator's correction comes without a run.
 */
function undeployed() {
  const { status, stdout } = ledgerCommand(["mark", "deployed", "--dry-run", "--json"]);
  if (status !== 0)
    console.error(`mark ended with exit code ${status}; only what was pushed now is deployed`);
  return facts(stdout, { marked: [] }).marked;
}
