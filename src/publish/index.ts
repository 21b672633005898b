export type { Entry, PublishFiles } from "./files.ts";
export { nodeFiles } from "./node-files.ts";
export { type PublishOptions, type PublishReport, publish } from "./publish.ts";
