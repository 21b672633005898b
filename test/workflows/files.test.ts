import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { evaluate, type Value } from "./runner/expression.ts";
import {
  type Action,
  type Job,
  parseAction,
  parseWorkflow,
  ROOT,
  readCalled,
  type Step,
  type Workflow,
} from "./runner/files.ts";

const WORKFLOWS = join(ROOT, ".github/workflows");
const ACTION = join(ROOT, ".github/actions/track/action.yml");
const names = readdirSync(WORKFLOWS).filter((name) => /\.ya?ml$/.test(name));
const workflowText = (name: string) => readFileSync(join(WORKFLOWS, name), "utf8");

/** What only our repository may write, or what is a fixed word of the run. Everything else may be somebody's text. */
const TRUSTED = /^(?:runner\.temp|matrix\.node)$/;
const WRITE_REASONS: Readonly<Record<string, readonly string[]>> = {
  "track.yml track": ["contents"],
  "track.yml deploy": ["pages", "id-token"],
  "track.yml send": ["contents"],
  "deploy.yml pages": ["pages", "id-token"],
  "send.yml send": ["contents"],
  "watchdog.yml watchdog": ["contents", "issues"],
  "release.yml publish": ["id-token"],
  "release.yml release": ["contents"],
};

/** Everything that is wrong with a list of steps. */
function faultsOfSteps(text: string, steps: readonly Step[], where: string): string[] {
  const faults: string[] = [];
  for (const step of steps) {
    const at = `${where}: ${step.id ?? step.name ?? step.uses ?? step.run}`;
    if (step.uses !== undefined && !step.uses.startsWith("./")) {
      if (!/^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(step.uses))
        faults.push(`${at}: not pinned by a full commit hash`);
      if (!new RegExp(`${step.uses.replace(/[.*+?^$(){}|[\]\\]/g, "\\$&")} # v\\d+\\.\\d+\\.\\d+`).test(text))
        faults.push(`${at}: no version beside the hash`);
    }
    if (step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false)
      faults.push(`${at}: keeps the token on disk`);
    if (
      step.uses?.startsWith("actions/setup-node@") &&
      String(step.with?.["package-manager-cache"]) !== "false"
    )
      faults.push(`${at}: takes packages from a cache that others can write`);
    for (const [, expression = ""] of (step.run ?? "").matchAll(/\$\{\{(.*?)\}\}/gs)) {
      if (!TRUSTED.test(expression.trim())) faults.push(`${at}: puts ${expression.trim()} into a script`);
    }
    for (const [, script = ""] of (step.run ?? "").matchAll(
      /\bnode (?:"\$GITHUB_ACTION_PATH\/..\/..\/)?([\w./-]+\.mjs)/g,
    )) {
      const path = script.startsWith("scripts/") ? `.github/${script}` : script;
      if (!existsSync(join(ROOT, path))) faults.push(`${at}: runs ${path}, which there is not`);
    }
    if ((step.run ?? "").trim().split("\n").length > 3) faults.push(`${at}: more than a call of a script`);
    if (/\|\| *(?:true|:)/.test(step.run ?? "")) faults.push(`${at}: hides a failure`);
  }
  return faults;
}

function faultsOfJob(text: string, job: Job, where: string): string[] {
  const faults = faultsOfSteps(text, job.steps ?? [], where);
  const writes = Object.entries(job.permissions).flatMap(([name, level]) =>
    level === "write" ? [name] : [],
  );
  const allowed = WRITE_REASONS[where] ?? [];
  faults.push(
    ...writes.filter((name) => !allowed.includes(name)).map((name) => `${where}: may write ${name}`),
  );
  faults.push(
    ...allowed.filter((name) => !writes.includes(name)).map((name) => `${where}: no use for ${name}`),
  );
  if (job.uses === undefined && job["runs-on"] !== "ubuntu-24.04")
    faults.push(`${where}: runs on ${job["runs-on"]}`);
  if (job.uses === undefined && job["timeout-minutes"] === undefined)
    faults.push(`${where}: may run for ever`);
  return faults;
}

/** Everything that is wrong with a workflow file; empty when it is as it should be. */
function faultsOfWorkflow(name: string, text: string): string[] {
  const workflow: Workflow = parseWorkflow(text);
  const faults = Object.entries(workflow.jobs).flatMap(([job, facts]) =>
    faultsOfJob(text, facts, `${name} ${job}`),
  );
  if (Object.keys(workflow.permissions).length > 0) faults.push(`${name}: permissions for all jobs`);
  if ("pull_request_target" in workflow.on || "workflow_run" in workflow.on)
    faults.push(`${name}: runs with secrets on what strangers wrote`);
  if ("pull_request" in workflow.on && text.includes("secrets."))
    faults.push(`${name}: secrets in a pull request`);
  return faults;
}

function faultsOfAction(text: string): string[] {
  const action: Action = parseAction(text);
  const faults = faultsOfSteps(text, action.runs.steps, "action");
  for (const step of action.runs.steps) {
    if (step.run !== undefined && step.shell !== "bash") faults.push(`action: ${step.run}: no shell`);
  }
  return faults;
}

describe("the workflow files", () => {
  it("are those of the house", () => {
    expect(names.sort()).toEqual([
      "ci.yml",
      "deploy.yml",
      "release.yml",
      "send.yml",
      "track.yml",
      "watchdog.yml",
    ]);
  });

  it.each(names)("%s is pinned, least permitted, and puts nobody's text into a script", (name) => {
    expect(faultsOfWorkflow(name, workflowText(name))).toEqual([]);
  });

  it("the action, too", () => {
    expect(faultsOfAction(readFileSync(ACTION, "utf8"))).toEqual([]);
  });

  it("call each other and the action with what is asked for", () => {
    const { inputs, ...action } = parseAction(readFileSync(ACTION, "utf8"));
    const outputs = Object.keys(action.outputs);
    let calls = 0;
    for (const name of names) {
      for (const job of Object.values(parseWorkflow(workflowText(name)).jobs)) {
        for (const [, id, output = ""] of JSON.stringify(job).matchAll(
          /steps\.(track|site)\.outputs\.([\w-]+)/g,
        ))
          expect(outputs, `${name}: ${id}`).toContain(output);
        for (const step of (job.steps ?? []).filter(({ uses }) => uses === "./.github/actions/track")) {
          expect(Object.keys(inputs), name).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
          calls += 1;
        }
        if (job.uses === undefined) continue;
        const called = readCalled(join(ROOT, job.uses));
        expect(Object.keys(job.with ?? {}).sort()).toEqual(Object.keys(called.inputs ?? {}).sort());
        expect(Object.keys(job.secrets ?? {}).sort()).toEqual(Object.keys(called.secrets ?? {}).sort());
        calls += 1;
      }
    }
    expect(calls).toBe(6);
  });

  const planted: readonly (readonly [string, string, string, RegExp])[] = [
    ["track.yml", "@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "@v5", /not pinned/],
    ["track.yml", " # v5.0.0", "", /no version beside the hash/],
    ["track.yml", "permissions: {}", "permissions:\n  contents: write", /permissions for all jobs/],
    ["ci.yml", "contents: read", "contents: write", /may write contents/],
    ["send.yml", "contents: write", "contents: read", /no use for contents/],
    ["send.yml", "persist-credentials: false", "persist-credentials: true", /keeps the token/],
    ["ci.yml", "package-manager-cache: false", "cache: npm", /from a cache/],
    ["ci.yml", "run: npm test", `run: echo "\${{ github.head_ref }}"`, /puts github.head_ref into a script/],
    ["ci.yml", "run: npm test", "run: npm test || true", /hides a failure/],
    ["ci.yml", "pull_request:", "pull_request_target:", /what strangers wrote/],
    ["ci.yml", "run: node .ci/packed.mjs", "run: node .ci/gone.mjs", /which there is not/],
    ["ci.yml", "    timeout-minutes: 10\n", "", /for ever/],
  ];
  it.each(planted)("a fault planted in %s is found: %s", (name, from, to, fault) => {
    const text = workflowText(name);
    expect(text).toContain(from);
    expect(faultsOfWorkflow(name, text.replace(from, to)).join("\n")).toMatch(fault);
  });
});

interface Inputs {
  readonly STAGES: readonly string[];
  readonly SETTINGS: Readonly<Record<string, readonly string[]>>;
  readonly OPTIONS: Readonly<Record<string, { readonly flag: string; readonly command: string }>>;
  readonly OWN: readonly string[];
  readonly SECRETS: Readonly<Record<string, string>>;
  readonly variableOf: (name: string) => string;
  readonly settingVariable: (path: readonly string[]) => string;
}

describe("the inputs of the action", async () => {
  const table: Inputs = await import(pathToFileURL(join(ROOT, ".github/scripts/inputs.mjs")).href);
  const action = parseAction(readFileSync(ACTION, "utf8"));
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");

  it("are all known, and each says what it stands for", () => {
    const { SETTINGS, OPTIONS, OWN, SECRETS } = table;
    const all = [SETTINGS, OPTIONS, SECRETS].flatMap(Object.keys).concat(OWN);
    expect(Object.keys(action.inputs).sort()).toEqual(all.sort());
    const says = (name: string) => action.inputs[name]?.description ?? "";
    for (const [name, path] of Object.entries(SETTINGS))
      expect(says(name)).toMatch(`Setting \`${path.join(".")}\`. `);
    for (const [name, { flag }] of Object.entries(OPTIONS))
      expect(says(name)).toMatch(`Option \`${flag.split(" ")[0]}\`. `);
    for (const [name, variable] of Object.entries(SECRETS))
      expect(says(name)).toMatch(`Secret \`${variable}\`. `);
    for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/\w.{12,}[.)]$/);
  });

  it("set settings that the configuration has", async () => {
    const { settingVariables } = await import("../../src/app/config/config-environment.ts");
    const { CONFIG_SCHEMA } = await import("../../src/app/config/config-schema.ts");
    const known = new Map(settingVariables(CONFIG_SCHEMA).map(({ path, name }) => [path.join("."), name]));
    for (const path of Object.values(table.SETTINGS)) {
      expect([...known.keys()]).toContain(path.join("."));
      expect(table.settingVariable(path)).toBe(known.get(path.join(".")));
    }
    for (const path of [
      ["evidence", "dir"],
      ["raw", "dir"],
      ["watchdog", "state"],
    ])
      expect(table.settingVariable(path)).toBe(known.get(path.join(".")));
  });

  it("take every secret that the README has", () => {
    const told = [...new Set(readme.match(/(?<=`)OFAC_LEDGER_[A-Z][A-Z_]*[A-Z](?=`)/g))];
    const plain = ["OFAC_LEDGER_LOG", "OFAC_LEDGER_NOW", "OFAC_LEDGER_DKIM_KEY_FILE"];
    expect(Object.values(table.SECRETS).sort()).toEqual(told.filter((name) => !plain.includes(name)).sort());
  });

  it("reach the script, each under its name, and no secret with them", () => {
    const begin = action.runs.steps.find(({ id }) => id === "begin");
    const plain = Object.keys(action.inputs).filter((name) => !(name in table.SECRETS) && name !== "token");
    const wanted = plain.map((name) => [table.variableOf(name), `\${{ inputs.${name} }}`]);
    expect(begin?.env).toEqual(Object.fromEntries(wanted));
  });

  it("are documented in the README with their defaults", () => {
    const rows = [...readme.matchAll(/^\| \*\*([a-z-]+)\*\* \| (.*?) \| .+ \|$/gm)];
    const section = readme.split("<!-- inputs")[1]?.split("<!-- /inputs -->")[0] ?? "";
    const told = rows
      .filter(([row]) => section.includes(row))
      .map(([, name = "", value = ""]) => [name, value]);
    const defaults = Object.entries(action.inputs)
      .filter(([name]) => table.OWN.includes(name) || name in table.OPTIONS)
      .map(([name, input]) => [name, input.default === "" ? "" : `\`${input.default}\``]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(defaults));
    for (const name of [...Object.keys(table.SETTINGS), ...Object.keys(table.SECRETS)])
      expect(section).toContain(`\`${name}\``);
    expect(Object.keys(action.outputs).every((name) => section.includes(`\`${name}\``))).toBe(true);
  });
});

describe("the expressions that the stories evaluate", () => {
  const contexts: Value = {
    steps: { a: { outputs: { x: "TRUE" }, outcome: "success" } },
    inputs: { none: "" },
  };
  it.each<readonly [string, Value]>([
    ["steps.a.outputs.x == 'true'", true],
    ["steps.b.outputs.x != ''", false],
    ["inputs.none || 'default'", "default"],
    ["always() && (steps.a.outcome == 'success' || inputs.none)", true],
    ["!cancelled() && steps.a.outputs.x", "TRUE"],
    ["'it''s'", "it's"],
  ])("%s", (expression, value) => {
    expect(evaluate(expression, contexts, { failed: true })).toBe(value);
  });

  it("are refused when they hold more", () => {
    expect(() => evaluate("toJSON(inputs)", contexts, { failed: false })).toThrow(/toJSON|arguments/);
    expect(() => evaluate("inputs.none ==", contexts, { failed: false })).toThrow("expected more");
  });
});
