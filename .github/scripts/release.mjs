// A GitHub release for each new publication, from the ledger as it was pushed.
// Environment: TOKEN (contents: write), GITHUB_REPOSITORY, COMMIT.
import { openRepository } from "./github.mjs";
import { releasePublications } from "./releases.mjs";
import { facts, ledgerCommand, plan, stop } from "./runner.mjs";

const DAY_MS = 86_400_000;
/** A run that died between push and release is made up for within these days. */
const LOOK_BACK_DAYS = 3;

const { siteUrl } = plan();
// As the command line has it: a replay brings its own time.
const now = process.env["OFAC_LEDGER_NOW"] ?? new Date().toISOString();
const since = new Date(Date.parse(now) - LOOK_BACK_DAYS * DAY_MS).toISOString().slice(0, 10);
const { status, stdout } = ledgerCommand(["log", "--json", "--segment", "live", "--since", since]);
if (status !== 0) stop(`log ended with exit code ${status}`, status);
try {
  const commit = process.env["COMMIT"] ?? "";
  const made = await releasePublications(
    facts(stdout, []),
    { commit, siteUrl: siteUrl ?? undefined },
    openRepository(),
  );
  console.log(made.length === 0 ? "no new release" : `released ${made.join(", ")}`);
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
