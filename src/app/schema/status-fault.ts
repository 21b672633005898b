import { check } from "./check-status.ts";
import { firstFault } from "./first-fault.ts";

/** What is wrong with a `status.json` from anywhere, which may have members of a later minor version; else undefined. */
export function statusFault(content: unknown): string | undefined {
  if (check.fits(content)) return undefined;
  const { member, message } = firstFault(check.form, content);
  return `is not as its schema says: ${member === "" ? "the whole" : member} ${message ?? "does not fit"}`;
}
