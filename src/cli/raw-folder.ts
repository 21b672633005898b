import { type LedgerFiles, nodeLedgerFiles, type RawStore } from "../app/index.ts";
import type { CommandContext } from "./context.ts";

/** The folder of the store of source files: as the command line says, else as the settings do; undefined: none. */
export function rawFolder(
  { config }: Pick<CommandContext, "config">,
  folder: string | undefined,
): LedgerFiles | undefined {
  const dir = folder ?? config.raw?.dir;
  return dir === undefined ? undefined : nodeLedgerFiles(dir);
}

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
