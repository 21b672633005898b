/** Changes in words; loaded when words are asked for. */
export { changeLines, changeSetLines, recordLines } from "../app/index.ts";
