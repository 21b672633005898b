import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout, git, plainEnvironment } from "../repository.ts";
import { readOutputs } from "../scripts.ts";
import { condition, interpolate, type Value } from "./expression.ts";
import { readAction, type Step } from "./files.ts";

export type Outputs = Readonly<Record<string, string>>;
export type Contexts = { readonly [name: string]: Value };

/** One repository with its secrets and variables, and where its jobs run. */
export interface RunnerSetup {
  /** The bare repository that is checked out and pushed to. */
  readonly origin: string;
  /** Jobs get folders of their own below it. */
  readonly folder: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** Environment of every step, e.g. the clock. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the action of another repository lies, by what stands before the `@`. */
  readonly actions?: Readonly<Record<string, string>>;
  /** What a test does to a fresh checkout, e.g. install what was installed already. */
  readonly prepare?: (workspace: string) => void;
}

export interface StepResult {
  readonly name: string;
  readonly outcome: "success" | "failure" | "skipped";
  readonly log: string;
}

/** What a step came to. */
interface Done {
  readonly ok: boolean;
  readonly outputs: Outputs;
  readonly log: string;
}

/** What a list of steps came to: `steps` is the context of that name. */
interface StepsDone {
  readonly failed: boolean;
  readonly steps: { readonly [id: string]: Value };
}

/** One job, in a workspace of its own. */
export class JobRun {
  readonly workspace: string;
  readonly summary: string;
  readonly log: StepResult[] = [];
  pages: string;
  /** The machine went away: all its processes were killed, and nothing runs there any more. */
  lost = false;
  private readonly setup: RunnerSetup;
  private readonly folder: string;
  private count = 0;

  constructor(setup: RunnerSetup, folder: string, pages: string) {
    this.setup = setup;
    this.folder = folder;
    this.pages = pages;
    this.workspace = join(folder, "workspace");
    this.summary = join(folder, "summary.md");
    for (const name of ["bin", "temp", "workspace"]) mkdirSync(join(folder, name), { recursive: true });
    // What a step asks the machine's clock is what the story's clock says.
    const date = `#!/bin/sh\nexec /bin/date --date="\${OFAC_LEDGER_NOW:-now}" "$@"\n`;
    writeFileSync(join(folder, "bin/date"), date);
    chmodSync(join(folder, "bin/date"), 0o755);
  }

  /** Runs steps one after the other; after a failure only those that say so. `action` is the folder of a composite. */
  async steps(steps: readonly Step[], contexts: Contexts, action: string | undefined): Promise<StepsDone> {
    const done: Record<string, Value> = {};
    let failed = false;
    for (const step of steps) {
      const seen = { ...contexts, steps: done };
      const name = step.id ?? step.name ?? step.uses ?? step.run ?? "";
      if (!condition(step.if, seen, { failed })) {
        this.log.push({ name, outcome: "skipped", log: "" });
        if (step.id !== undefined) done[step.id] = { outputs: {}, outcome: "skipped" };
        continue;
      }
      const fill = (text: string) => interpolate(text, seen, { failed });
      const result =
        step.uses === undefined
          ? await this.shell(step, fill, action)
          : await this.uses(step.uses, step, fill, seen);
      const outcome = result.ok ? "success" : "failure";
      this.log.push({ name, outcome, log: result.log });
      if (this.lost) return { failed: true, steps: {} };
      if (step.id !== undefined) done[step.id] = { outputs: result.outputs, outcome };
      failed ||= !result.ok;
    }
    return { failed, steps: done };
  }

  private async shell(step: Step, fill: (text: string) => string, action: string | undefined): Promise<Done> {
    if (step.run === undefined) throw new Error("expected a step that uses or runs something");
    this.count += 1;
    const script = join(this.folder, "temp", `step-${this.count}.sh`);
    const output = join(this.folder, "temp", `output-${this.count}`);
    writeFileSync(script, fill(step.run));
    writeFileSync(output, "");
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, fill(text)]));
    const { status, log } = await bash(script, this.workspace, {
      ...this.environment(),
      ...env,
      GITHUB_OUTPUT: output,
      ...(action === undefined ? {} : { GITHUB_ACTION_PATH: action }),
    });
    this.lost = status === null;
    const outputs = Object.fromEntries(readOutputs(readFileSync(output, "utf8")));
    return { ok: status === 0, outputs, log };
  }

  private environment(): Record<string, string> {
    return {
      PATH: `${join(this.folder, "bin")}:${process.env["PATH"]}`,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: this.workspace,
      GITHUB_REPOSITORY: "example/ledger",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REF_NAME: "main",
      GITHUB_STEP_SUMMARY: this.summary,
      RUNNER_TEMP: join(this.folder, "temp"),
      ...this.setup.env,
    };
  }

  private async uses(
    uses: string,
    step: Step,
    fill: (text: string) => string,
    contexts: Contexts,
  ): Promise<Done> {
    const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([k, v]) => [k, fill(String(v))]));
    const [what = ""] = uses.split("@");
    const ours = uses.startsWith("./") ? join(this.workspace, uses) : this.setup.actions?.[what];
    if (ours !== undefined) return this.composite(ours, given, contexts);
    const ok = { ok: true, outputs: {}, log: "" };
    if (what === "actions/setup-node") return ok;
    if (what === "actions/checkout") {
      checkout(this.setup.origin, this.workspace);
      if (/^[0-9a-f]{40}$/.test(given["ref"] ?? "")) {
        git(this.workspace, "fetch", "--quiet", "--depth=1", "origin", given["ref"] ?? "");
        git(this.workspace, "checkout", "--quiet", "--detach", given["ref"] ?? "");
      }
      this.setup.prepare?.(this.workspace);
      return ok;
    }
    if (what === "actions/upload-pages-artifact") {
      this.pages = join(this.folder, "pages");
      cpSync(join(this.workspace, given["path"] ?? ""), this.pages, { recursive: true });
      return ok;
    }
    if (what === "actions/deploy-pages") {
      return { ...ok, ok: this.pages !== "", outputs: { page_url: "https://example.github.io/ledger/" } };
    }
    throw new Error(`expected an action this runner knows, found ${uses}`);
  }

  private async composite(folder: string, given: Outputs, contexts: Contexts): Promise<Done> {
    const action = readAction(join(folder, "action.yml"));
    const unknown = Object.keys(given).find((name) => !(name in action.inputs));
    if (unknown !== undefined) throw new Error(`expected an input of the action, found ${unknown}`);
    const { secrets: _, ...visible } = contexts;
    const defaults = Object.entries(action.inputs).map(([name, input]) => [
      name,
      given[name] ?? interpolate(input.default, contexts, { failed: false }),
    ]);
    const inside = { ...visible, inputs: Object.fromEntries(defaults) };
    const { failed, steps } = await this.steps(action.runs.steps, inside, folder);
    const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
      name,
      interpolate(value, { ...inside, steps }, { failed }),
    ]);
    return { ok: !failed, outputs: Object.fromEntries(outputs), log: "" };
  }
}

/**
 * As the runner starts a step with `shell: bash`; in a group of processes of its own, so that all of them can be killed at
 * once. A null status: they were.
 */
function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  return new Promise<{ status: number | null; log: string }>((done, reject) => {
    const args = ["--noprofile", "--norc", "-eo", "pipefail", script];
    const child = spawn("bash", args, {
      cwd,
      env: plainEnvironment(env),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    const note = (text: string) => {
      log += text;
    };
    child.stdout.setEncoding("utf8").on("data", note);
    child.stderr.setEncoding("utf8").on("data", note);
    child.on("error", reject);
    child.on("close", (status) => done({ status, log }));
  });
}
