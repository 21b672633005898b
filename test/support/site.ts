import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StoredRecord } from "../../src/domain/index.ts";
import {
  compileTemplates,
  type SiteFacts,
  type SiteInput,
  TEMPLATE_NAMES,
  type Templates,
} from "../../src/render/index.ts";

const ROOT = fileURLToPath(new URL("../../templates/", import.meta.url));

/** The templates of the package. */
export const TEMPLATES: Templates = compileTemplates(
  Object.fromEntries(TEMPLATE_NAMES.map((name) => [name, readFileSync(`${ROOT}${name}`, "utf8")])),
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
