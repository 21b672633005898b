import { type Check, checkOf } from "./check.ts";
import { INDEX_FORM } from "./forms-apart.ts";

/** The check of an `index.json`; the build makes it ahead, as those of `checks.ts`. */
export const check: Check = checkOf(INDEX_FORM);
