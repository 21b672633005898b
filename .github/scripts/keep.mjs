// Pushes what is kept on branches of its own: the evidence of looks, the source files, and what the
// watchdog has told.
// Environment: TOKEN. Outputs: looked: whether there is new evidence, which the status page should show.
import { existsSync } from "node:fs";
import { push } from "./branch.mjs";
import { output, plan, stop, timed, workPath } from "./runner.mjs";

const { evidenceBranch, rawBranch, watchdogBranch } = plan();
try {
  timed("keep", () => {
    output("looked", keep(evidenceBranch, workPath("evidence"), "Note a look at the sources", {}));
    keep(rawBranch, workPath("raw"), "Keep the source files of a publication", { onlyAdd: true });
    keep(watchdogBranch, workPath("watchdog"), "Note what the watchdog told", {});
  });
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}

function keep(branch, folder, message, options) {
  if (branch === null || !existsSync(folder)) return false;
  const pushed = push(branch, folder, message, options);
  console.log(`${branch}: ${pushed ? "pushed" : "nothing new"}`);
  return pushed;
}
