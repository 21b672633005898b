import { Compile } from "typebox/schema";
import type { SchemaNode } from "./forms.ts";

/** A schema with the function that checks it. */
export interface Check {
  readonly form: SchemaNode;
  fits(content: unknown): boolean;
}

/** The check of a form, made now: the long way. What the build makes ahead answers the same. */
export function checkOf(form: SchemaNode): Check {
  const validator = Compile(form);
  return { form, fits: (content) => validator.Check(content) };
}
