import { type Check, checkOf } from "./check.ts";
import { INDEX_YEAR_FORM } from "./forms-apart.ts";

/** The check of an `index/<year>.json`; the build makes it ahead, as those of `checks.ts`. */
export const check: Check = checkOf(INDEX_YEAR_FORM);
