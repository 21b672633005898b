import { readFileSync, statSync } from "node:fs";
import { UsageError } from "../domain/index.ts";

/**
 * The text of a file that the operator named.
 * @param named what named it, for the message: an option or a setting; undefined: an argument
 * @throws UsageError of that code, where there is no file
 */
export function readText(path: string, named?: string, code = "no-such-file"): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  // A pipe is read as a file is: `--config <(…)`.
  if (stat !== undefined && !stat.isDirectory()) return readFileSync(path, "utf8");
  throw new UsageError(
    code,
    `${named === undefined ? "Expected" : `${named}: expected`} a file, found ${stat === undefined ? "nothing" : "no regular file"} ` +
      `at ${path}. Check the path.`,
  );
}
