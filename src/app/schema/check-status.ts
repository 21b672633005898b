import { type Check, checkOf } from "./check.ts";
import { STATUS_FORM } from "./forms-apart.ts";

/** The check of a `status.json`; the build makes it ahead, as those of `checks.ts`. */
export const check: Check = checkOf(STATUS_FORM);
