import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../domain/index.ts";

/**
 * Refuses options and arguments that hold nothing: a path that came from a variable nobody set would mean the working
 * directory, or the root of the file system.
 * @throws UsageError `empty-value`
 */
export function refuseEmpty(command: Command): void {
  const options = command.options.map(
    (option) => [option.long ?? option.flags, command.getOptionValue(option.attributeName())] as const,
  );
  const given = command.registeredArguments.map(
    (argument, at) => [`<${argument.name()}>`, command.processedArgs[at]] as const,
  );
  for (const [name, value] of [...options, ...given]) {
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!texts.some((text) => typeof text === "string" && text.trim() === "")) continue;
    throw new UsageError(
      "empty-value",
      `${name}: expected a value, found an empty text. Is the variable set that it was made from? Nothing was done.`,
    );
  }
}

/**
 * Refuses to go on from a ledger that is not there: a mistyped path would pass for a ledger in which nothing happened.
 * @throws UsageError `no-ledger`
 */
export function requireLedger(folder: string): void {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return;
  throw new UsageError(
    "no-ledger",
    `--ledger: expected the folder of a ledger, found ${stat === undefined ? "nothing" : "no folder"} at ${folder}. Check ` +
      'the path; the first "ofac-ledger update" makes a ledger.',
  );
}

/**
 * Refuses a folder of the site that is the ledger's, lies in it or holds it: the two would be mixed, and the one
 * published with the other.
 * @throws UsageError `mixed-folders`
 */
export function requireApart(out: string, ledger: string): void {
  const [site, chains] = [realPlace(out), realPlace(ledger)];
  if (!isWithin(site, chains) && !isWithin(chains, site)) return;
  throw new UsageError(
    "mixed-folders",
    `--out: expected a folder of its own for the site, found ${out}, which is, holds or lies in the ledger's folder ` +
      `${ledger}. Choose another; nothing was written.`,
  );
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The absolute path with its links followed, as far as it is there. */
function realPlace(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  const above = dirname(absolute);
  return above === absolute ? absolute : join(realPlace(above), basename(absolute));
}
