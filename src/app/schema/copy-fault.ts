import { check as index } from "./check-index.ts";
import { check as year } from "./check-index-year.ts";
import { check as sync } from "./check-sync.ts";
import { faultBy } from "./first-fault.ts";

const CHECKS = { index, "index-year": year, sync };

/** What is wrong with a file of a copy of the API, which may have members of a later minor version; else undefined. */
export function copyFault(kind: keyof typeof CHECKS, content: unknown): string | undefined {
  return faultBy(CHECKS[kind], content);
}
