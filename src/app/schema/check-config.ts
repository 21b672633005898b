import { type Check, checkOf } from "./check.ts";
import { CONFIG_FORM } from "./forms-apart.ts";

/** The check of a configuration; the build makes it ahead, as those of `checks.ts`. */
export const check: Check = checkOf(CONFIG_FORM);
