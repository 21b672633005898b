export { deltaFacts, deltaParty, joinDeltas } from "./delta.ts";
export { type Interpretation, interpret } from "./interpret.ts";
export { type Memory, type RememberedRecord, readMemory, writeMemory } from "./memory.ts";
