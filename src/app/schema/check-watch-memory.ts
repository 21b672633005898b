import { type Check, checkOf } from "./check.ts";
import { WATCH_MEMORY_FORM } from "./forms-apart.ts";

/** The check of the watchdog's memory; the build makes it ahead, as those of `checks.ts`. */
export const check: Check = checkOf(WATCH_MEMORY_FORM);
