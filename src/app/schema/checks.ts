import { type Check, checkOf } from "./check.ts";
import { formsOf, type Kind } from "./shapes.ts";

const compiled = new Map<Kind, readonly Check[]>();

/**
 * The checks of a kind: one for each shape it may have. To make them costs half a second of every start, so that the
 * build makes them ahead and puts `generatedChecks` in place of this module; tests hold the two together.
 */
export function checksOf(kind: Kind): readonly Check[] {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const made = formsOf(kind).map(checkOf);
  compiled.set(kind, made);
  return made;
}
