// Fetches what is kept on branches of its own: the evidence of looks, the source files, and what the
// watchdog has told.
// Environment: TOKEN.
import { restore } from "./branch.mjs";
import { plan, stop, timed, workPath } from "./runner.mjs";

const { evidenceBranch, rawBranch, watchdogBranch } = plan();
try {
  timed("restore", () => {
    if (evidenceBranch !== null) restore(evidenceBranch, workPath("evidence"));
    if (rawBranch !== null) restore(rawBranch, workPath("raw"));
    if (watchdogBranch !== null) restore(watchdogBranch, workPath("watchdog"));
  });
} catch (error) {
  // Going on without would make every source new again and every wait begin anew.
  stop(error instanceof Error ? error.message : String(error));
}
