import { type LedgerFiles, nodeLedgerFiles, type RawStore } from "../app/index.ts";
import { UsageError } from "../domain/index.ts";
import type { CommandContext } from "./context.ts";
import { requireFolder } from "./folder.ts";

/** The folder of the store of source files: as the command line says, else as the settings do; undefined: none. */
export function rawFolder(
  { config }: Pick<CommandContext, "config">,
  folder: string | undefined,
): LedgerFiles | undefined {
  const dir = folder ?? config.raw?.dir;
  return dir === undefined ? undefined : nodeLedgerFiles(dir);
}

/**
 * The same for who only reads: a folder that was named must hold a store. One of the settings may be still to come, and
 * is left out then.
 * @throws UsageError `no-such-folder`, `no-raw-store`
 */
export function keptRawFolder(
  context: Pick<CommandContext, "config">,
  named: string | undefined,
): LedgerFiles | undefined {
  if (named !== undefined) requireFolder("--raw", named);
  const files = rawFolder(context, named);
  if (files === undefined || STORE.some((folder) => files.list(folder).length > 0)) return files;
  if (named === undefined) return undefined;
  throw new UsageError(
    "no-raw-store",
    `--raw: expected a folder of kept source files, found neither index/ nor objects/ in ${named}. Check the path; ` +
      '"ofac-ledger update --keep-raw" begins one.',
  );
}

/** Folders of a store; in `.commit` are those that a crash left on their way. */
const STORE = ["index", "objects", ".commit"];

/** The store of source files, for the ports of a command; nothing where there is none. */
export async function rawStore(
  context: Pick<CommandContext, "config">,
  folder: string | undefined,
): Promise<{ raw?: RawStore }> {
  const files = rawFolder(context, folder);
  if (files === undefined) return {};
  const { openRawStore } = await import("./raw.ts");
  return { raw: openRawStore(files) };
}
