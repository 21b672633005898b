// Runs tiers of tests (quick, story, real, browser, soak), says plainly what was not run, and counts.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const TIERS = {
  quick: { config: "vitest.config.ts", needsData: false },
  real: { config: "vitest.real.config.ts", needsData: true },
  story: { config: "vitest.story.config.ts", needsData: false },
  browser: { config: "vitest.browser.config.ts", needsData: false },
  soak: { config: "vitest.soak.config.ts", needsData: false },
};

const root = fileURLToPath(new URL("../../", import.meta.url));
const hasData = existsSync(join(root, "../shared/data/PROVENANCE.md"));
const tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

for (const tier of process.argv.slice(2)) runTier(tier);
if (process.argv.length === 3 && process.argv[2] === "quick") sayWhatWasNotRun();
for (const failure of tally.failures) console.log(`failed: ${failure}`);
console.log(
  `${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ""}`,
);
const file = process.env["OFAC_LEDGER_TALLY"];
if (file !== undefined) writeFileSync(file, JSON.stringify(tally));
process.exit(tally.failed > 0 ? 1 : 0);

function runTier(name) {
  const tier = TIERS[name];
  if (tier === undefined)
    throw new Error(`expected a tier (${Object.keys(TIERS).join(", ")}), found ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-tier-"));
  const report = join(folder, "report.json");
  const args = ["node_modules/vitest/vitest.mjs", "run", "-c", tier.config];
  const done = spawnSync(
    process.execPath,
    [...args, "--reporter=default", "--reporter=json", `--outputFile=${report}`],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined;
  rmSync(folder, { recursive: true, force: true });
  count(name, tier, counted, done.status);
}

function count(name, tier, counted, status) {
  const passed = counted?.numPassedTests ?? 0;
  const failed = counted?.numFailedTests ?? 0;
  const skipped = (counted?.numPendingTests ?? 0) + (counted?.numTodoTests ?? 0);
  tally.passed += passed;
  tally.failed += failed;
  tally.skipped += skipped;
  tally.failures.push(...failuresOf(counted));
  if (failed === 0 && (status !== 0 || passed === 0))
    fail(`${name}: the test runner ended with ${status} and ${passed} passed tests`);
  if (tier.needsData && hasData && skipped > 0)
    fail(`${name}: ${skipped} tests were skipped although the data they need is there`);
}

/** Each test that failed, by file and name: what one looks for first in a long log. */
function failuresOf(counted) {
  return (counted?.testResults ?? []).flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((one) => one.status === "failed");
    if (status === "failed" && failed.length === 0) return [`${file}: could not be run`];
    return failed.map(({ fullName }) => `${file}: ${fullName}`);
  });
}

function fail(message) {
  console.error(message);
  tally.failures.push(message);
  tally.failed += 1;
}

function sayWhatWasNotRun() {
  const all = readdirSync(join(root, "test"), { recursive: true }).map((name) => `test/${name}`);
  const find = (ending) => all.filter((name) => name.endsWith(`.${ending}.test.ts`)).sort();
  const said = [
    ["need OFAC's real files beside the project (.ci/run runs them)", find("real")],
    ["tell whole stories (.ci/run runs them)", find("story")],
    ["need a browser (.ci/run installs one)", find("browser")],
    ["take long (npm run soak)", find("soak")],
  ];
  console.log("\nNot run by npm test:");
  for (const [why, files] of said) console.log(`  ${files.length} files ${why}: ${files.join(", ")}`);
}
