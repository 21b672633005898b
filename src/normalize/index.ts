export { type Interpretation, interpret, type Memory, type RememberedRecord } from "./interpret.ts";
