import type { FileKind, ShapeCheck } from "../../ledger/index.ts";
import { checksOf } from "./checks.ts";
import { deepestFault } from "./first-fault.ts";
import type { Kind } from "./shapes.ts";

/** What is wrong with a file's content: the first member that is not as documented; undefined when none is. */
export const shapeFault: ShapeCheck = (kind, content) => faultOf(kind, content);

/** The same of an entry of a store of source files. */
export function rawFault(entry: unknown): string | undefined {
  return faultOf("raw", entry);
}

/** The same of one party of a state. */
export function partyFault(party: unknown): string | undefined {
  return faultOf("party", party);
}

/** The same of a party in a file that may come from anywhere. */
export function foreignPartyFault(party: unknown): string | undefined {
  return faultOf("foreign-party", party);
}

/** The same of a change set. */
export function changeSetFault(set: unknown): string | undefined {
  return faultOf("change-set", set);
}

function faultOf(kind: Kind, content: unknown): string | undefined {
  const checks = checksOf(kind);
  if (checks.some((check) => check.fits(content))) return undefined;
  const [fault] = checks.map(({ form }) => deepestFault(form, content)).sort((a, b) => a.faults - b.faults);
  const where = fault === undefined || fault.member === "" ? "the whole" : fault.member;
  return `is not as its schema says: ${where} ${fault?.message ?? "does not fit"}`;
}

/**
 * Refuses to write what its schema does not describe. That is a bug of ours, never the operator's, so it is no
 * error of the documented kinds: nothing is written, and the process ends with its stack.
 */
export function guardShape(kind: FileKind | "raw", content: unknown): void {
  const fault = faultOf(kind, content);
  if (fault === undefined) return;
  const name = typeof content === "object" && content !== null && "id" in content ? ` ${content.id}` : "";
  throw new Error(`about to write a file of ${kind}${name} that ${fault}; nothing was written`);
}
