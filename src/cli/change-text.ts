/** Changes in words; loaded when words are asked for. */
export { changeSetLines } from "../app/index.ts";
