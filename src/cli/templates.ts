import { readFileSync } from "node:fs";
import { SCRIPT_NAMES, TEMPLATE_NAMES } from "../app/index.ts";
import { packageRoot } from "./package-root.ts";

/** Templates and pages' scripts, as the package carries them. */
export function loadTemplates(): Record<string, string> {
  const root = packageRoot();
  const read = (folder: string) => (name: string) =>
    [name, readFileSync(new URL(`${folder}/${name}`, root), "utf8")] as const;
  return Object.fromEntries([...TEMPLATE_NAMES.map(read("templates")), ...SCRIPT_NAMES.map(read("dist"))]);
}
