import { check } from "./check-status.ts";
import { faultBy } from "./first-fault.ts";

/** What is wrong with a `status.json` from anywhere, which may have members of a later minor version; else undefined. */
export function statusFault(content: unknown): string | undefined {
  return faultBy(check, content);
}
