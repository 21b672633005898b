import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StoredRecord } from "../../src/domain/index.ts";
import {
  compileTemplates,
  inlineStyles,
  SCRIPT_NAMES,
  type SiteFacts,
  type SiteInput,
  TEMPLATE_NAMES,
  type Templates,
} from "../../src/render/index.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
if (!existsSync(`${ROOT}dist/assets/site.js`)) {
  throw new Error("Expected the pages' scripts under dist/assets, found none; run npm run build first.");
}

const read = (folder: string) => (name: string) => [name, readFileSync(`${ROOT}${folder}/${name}`, "utf8")];

/** The templates of the package, with the pages' scripts as they were last built. */
export const TEMPLATES: Templates = compileTemplates(
  Object.fromEntries([...TEMPLATE_NAMES.map(read("templates")), ...SCRIPT_NAMES.map(read("dist"))]),
  inlineStyles,
);

export const SITE: SiteFacts = {
  title: "OFAC ledger",
  baseUrl: "https://ledger.example/ofac",
  author: "The ledger's keeper",
  tag: { authority: "ledger.example", date: "2026" },
  repositoryUrl: "https://git.example/ofac-ledger",
  renderer: "test",
};

/** A site of some records, with nothing else unless given. */
export function siteOf(records: readonly StoredRecord[], more: Partial<SiteInput> = {}): SiteInput {
  return { records, heads: [], context: [], observations: [], site: SITE, ...more };
}
