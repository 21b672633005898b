import { Compile } from "typebox/schema";
import type { SchemaNode } from "./forms.ts";
import { formsOf, type Kind } from "./shapes.ts";

/** A schema with the function that checks it. */
export interface Check {
  readonly form: SchemaNode;
  fits(content: unknown): boolean;
}

const compiled = new Map<Kind, readonly Check[]>();

/**
 * The checks of a kind: one for each shape it may have. To make them costs half a second of every start, so that the
 * build makes them ahead and puts `generatedChecks` in place of this module; tests hold the two together.
 */
export function checksOf(kind: Kind): readonly Check[] {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const made = formsOf(kind).map((form) => {
    const validator = Compile(form);
    return { form, fits: (content: unknown) => validator.Check(content) };
  });
  compiled.set(kind, made);
  return made;
}
