/** The store of source files; loaded when one is given. */
export { openRawStore, verifyRaw } from "../app/index.ts";
