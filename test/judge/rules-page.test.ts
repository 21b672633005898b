import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { rulesPage } from "../../src/judge/index.ts";

const path = fileURLToPath(new URL("../../.github/RULES.md", import.meta.url));

// To write it anew: OFAC_LEDGER_WRITE_RULES=1 npx vitest run test/judge/rules-page.test.ts
if (process.env["OFAC_LEDGER_WRITE_RULES"] === "1") writeFileSync(path, rulesPage());

it("the page of the rules is the table of the rules", () => {
  expect(readFileSync(path, "utf8")).toBe(rulesPage());
});
