import { type EmlFolder, nodeLedgerFiles } from "../app/index.ts";

/** A folder of `.eml` files, each put whole or not at all. */
export function emlFolder(folder: string): EmlFolder {
  const files = nodeLedgerFiles(folder);
  return {
    write: async (name, bytes) => {
      files.write(`.${name}.part`, bytes);
      files.rename(`.${name}.part`, name);
    },
  };
}
