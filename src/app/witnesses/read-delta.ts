/** What reads OFAC's deltas; loaded when there is one. */
export { deltaFacts } from "../../normalize/index.ts";
export { parseDelta } from "../../parse/index.ts";
