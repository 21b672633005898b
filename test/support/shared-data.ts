import { existsSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "./project-root.ts";

const ROOT = `${join(PROJECT_ROOT, "../shared/data")}/`;

/** True where OFAC's real files lie beside the project, as they always do in CI. */
export const hasSharedData: boolean = existsSync(`${ROOT}PROVENANCE.md`);

/** Absolute path of one of OFAC's real files, which tests read in place. */
export function sharedData(path: string): string {
  return `${ROOT}${path}`;
}
