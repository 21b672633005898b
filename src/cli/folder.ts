import { statSync } from "node:fs";
import { UsageError } from "../domain/index.ts";

/**
 * What is to be read must be there: a path that was mistyped is not an empty folder.
 * @throws UsageError `no-such-folder` naming the option
 */
export function requireFolder(option: string, path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  throw new UsageError(
    "no-such-folder",
    `${option}: expected a folder, found ${found === undefined ? "nothing" : "something that is no folder"} at ${path}. ` +
      "Check the path.",
  );
}
