import { type Check, checkOf } from "./check.ts";
import { SYNC_FORM } from "./forms-apart.ts";

/** The check of a `sync.json`; the build makes it ahead, as those of `checks.ts`. */
export const check: Check = checkOf(SYNC_FORM);
