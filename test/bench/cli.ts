import { join } from "node:path";
import { PROJECT_ROOT } from "../support/project-root.ts";
import { type Job, type Run, run } from "./measure.ts";

const CLI = join(PROJECT_ROOT, "dist/cli/main.js");

/** The built command line as a whole process, as a user starts it. */
export function runLedger(
  args: readonly string[],
  options: Omit<Job, "command" | "args"> = {},
): Promise<Run> {
  return run({ ...options, command: process.execPath, args: [CLI, ...args] });
}

/** The outside programs that rows are held against. */
export function runNothing(): Promise<Run> {
  return run({ command: process.execPath, args: ["-e", "0"] });
}

export function runXmllint(path: string): Promise<Run> {
  return run({ command: "xmllint", args: ["--stream", "--noout", path] });
}

/** Reads CSV files one after the other, as `import` must. */
const READ_CSV = `
import csv, sys
for path in sys.argv[1:]:
    with open(path, newline="", encoding="latin-1") as file:
        for row in csv.reader(file):
            pass
`;

/** Reads two CSV files into dictionaries by uid, as a comparison must. */
const READ_CSV_INTO_DICTIONARIES = `
import csv, sys
lists = []
for path in sys.argv[1:]:
    with open(path, newline="", encoding="latin-1") as file:
        lists.append({row[0]: row for row in csv.reader(file)})
`;

export function runPythonCsv(python: string, paths: readonly string[]): Promise<Run> {
  return run({ command: python, args: ["-c", READ_CSV, ...paths] });
}

export function runPythonDictionaries(python: string, paths: readonly string[]): Promise<Run> {
  return run({ command: python, args: ["-c", READ_CSV_INTO_DICTIONARIES, ...paths] });
}
