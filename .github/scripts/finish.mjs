// Ends the job with the exit code of what went wrong, after everything that could be done was done.
import { existsSync, readFileSync } from "node:fs";
import { workPath } from "./runner.mjs";

/** Several at once: as the command line has it. */
const WORST_FIRST = [8, 4, 5, 3, 6, 7, 9];

const codes = ["record.json", "send.json", "watchdog.json"]
  .filter((name) => existsSync(workPath(name)))
  .map((name) => JSON.parse(readFileSync(workPath(name), "utf8")).status)
  .filter((status) => status !== 0);
const worst = WORST_FIRST.find((code) => codes.includes(code)) ?? codes[0] ?? 0;
if (worst !== 0) console.error(`ends with exit code ${worst}; the steps before say why`);
process.exit(worst);
