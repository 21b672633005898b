// Pushes what is kept on branches of its own: the evidence of looks, the source files, and what the
// watchdog has told.
// Environment: TOKEN.
import { existsSync } from "node:fs";
import { push } from "./branch.mjs";
import { plan, stop, timed, workPath } from "./runner.mjs";

const { evidenceBranch, rawBranch, watchdogBranch } = plan();
try {
  timed("keep", () => {
    keep(evidenceBranch, workPath("evidence"), "Note a look at the sources", {});
    keep(rawBranch, workPath("raw"), "Keep the source files of a publication", { onlyAdd: true });
    keep(watchdogBranch, workPath("watchdog"), "Note what the watchdog told", {});
  });
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}

function keep(branch, folder, message, options) {
  if (branch === null || !existsSync(folder)) return;
  console.log(`${branch}: ${push(branch, folder, message, options) ? "pushed" : "nothing new"}`);
}
