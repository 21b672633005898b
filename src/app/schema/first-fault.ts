import { Errors } from "typebox/schema";
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
