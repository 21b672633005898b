import { Errors } from "typebox/schema";
import type { Check } from "./check.ts";
import type { SchemaNode } from "./forms.ts";

/** Where a value is not as its schema says. */
export interface Fault {
  /** JSON pointer (RFC 6901) of the member; empty for the whole. */
  readonly member: string;
  readonly message: string | undefined;
  readonly params: unknown;
}

/** The first fault of a value that does not fit. */
export function firstFault(form: SchemaNode, value: unknown): Fault {
  const [first] = Errors(form, value)[1];
  return { member: first?.instancePath ?? "", message: first?.message, params: first?.params };
}

/** What is wrong with a content, in words; undefined when nothing is. */
export function faultBy(check: Check, content: unknown): string | undefined {
  if (check.fits(content)) return undefined;
  const { member, message } = firstFault(check.form, content);
  return `is not as its schema says: ${member === "" ? "the whole" : member} ${message ?? "does not fit"}`;
}
