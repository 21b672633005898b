import { readdirSync, readFileSync } from "node:fs";
import { SCRIPT_NAMES, TEMPLATE_NAMES } from "../app/index.ts";
import { packageRoot } from "./package-root.ts";

/** Templates and pages' scripts, as the package carries them, and every language file that lies beside the package's own. */
export function loadTemplates(): Record<string, string> {
  const root = packageRoot();
  const read = (folder: string) => (name: string) =>
    [name, readFileSync(new URL(`${folder}/${name}`, root), "utf8")] as const;
  const languages = readdirSync(new URL("templates/languages/", root))
    .filter((name) => name.endsWith(".json"))
    .map((name) => `languages/${name}`);
  const templates = [...new Set([...TEMPLATE_NAMES, ...languages])];
  return Object.fromEntries([...templates.map(read("templates")), ...SCRIPT_NAMES.map(read("dist"))]);
}
