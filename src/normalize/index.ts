export { deltaFacts, deltaParty } from "./delta.ts";
export { type Interpretation, interpret, type Memory, type RememberedRecord } from "./interpret.ts";
