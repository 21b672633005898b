/** The checker of configuration files; loaded when there is one. */
export { parseConfig } from "../app/index.ts";
