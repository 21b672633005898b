/** What only commands that ask OFAC need; loaded when one does. */
export { createFetcher, sourceSettings } from "../app/index.ts";
