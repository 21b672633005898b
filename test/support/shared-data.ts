import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

/** True where OFAC's real files lie beside the project, as they always do in CI. */
export const hasSharedData: boolean = existsSync(`${ROOT}PROVENANCE.md`);

/** Absolute path of one of OFAC's real files, which tests read in place. */
export function sharedData(path: string): string {
  return `${ROOT}${path}`;
}
