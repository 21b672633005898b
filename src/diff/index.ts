export { applyChanges, applyInPlace } from "./apply.ts";
export { type ComposeSight, compose, composeAll } from "./compose.ts";
export { diffStates } from "./diff.ts";
export { invert } from "./invert.ts";
export { applyFields, areaValues } from "./party.ts";
