import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { condition, interpolate, type Value } from "./expression.ts";
import { readCalled, readWorkflow, type Step } from "./files.ts";
import { type Contexts, JobRun, type Outputs, type RunnerSetup, type StepResult } from "./job.ts";

export type { RunnerSetup } from "./job.ts";

export interface JobResult {
  readonly outcome: "success" | "failure" | "skipped";
  /** The machine went away in the middle. */
  readonly lost: boolean;
  readonly outputs: Outputs;
  readonly steps: readonly StepResult[];
  readonly summary: string;
  readonly workspace: string;
  /** What was uploaded for GitHub Pages. */
  readonly pages: string;
}

/** Jobs of a workflow and of those it calls, by name. */
export type RunResult = Readonly<Record<string, JobResult>>;

/** Plays jobs as GitHub's runner does, as far as our files need it. */
export class Runner {
  private readonly setup: RunnerSetup;
  private count = 0;

  constructor(setup: RunnerSetup) {
    this.setup = setup;
  }

  /** Runs a workflow file and what it calls. */
  async workflow(
    file: string,
    inputs: Readonly<Record<string, string>> = {},
    secrets = this.setup.secrets ?? {},
  ): Promise<RunResult> {
    const results: Record<string, JobResult> = {};
    const { jobs } = readWorkflow(file);
    for (const [name, job] of Object.entries(jobs)) {
      const needs = [job.needs ?? []].flat();
      const contexts = { ...this.contexts(inputs, secrets), needs: this.needed(results, needs) };
      const failed = needs.some((need) => results[need]?.outcome !== "success");
      if (!condition(job.if, contexts, { failed })) {
        results[name] = SKIPPED;
      } else if (job.uses !== undefined) {
        const calledFile = resolve(file, "../../..", job.uses);
        const called = await this.workflow(
          calledFile,
          this.filled(job.with ?? {}, contexts),
          this.filled(job.secrets ?? {}, contexts),
        );
        for (const [inner, result] of Object.entries(called)) results[`${name}/${inner}`] = result;
        const failure = Object.values(called).some(({ outcome }) => outcome === "failure");
        const outputs = this.filled(outputsOf(calledFile), {
          jobs: this.needed(called, Object.keys(called)),
        });
        results[name] = { ...SKIPPED, outcome: failure ? "failure" : "success", outputs };
      } else {
        const before = needs.map((need) => results[need]?.pages ?? "").find((pages) => pages !== "") ?? "";
        results[name] = await this.job(job.steps ?? [], contexts, job.outputs ?? {}, before);
      }
    }
    return results;
  }

  /** Runs the steps of one job in a workspace of its own. */
  async job(
    steps: readonly Step[],
    contexts: Contexts = this.contexts({}, this.setup.secrets ?? {}),
    outputs: Readonly<Record<string, string>> = {},
    pages = "",
  ): Promise<JobResult> {
    this.count += 1;
    const folder = join(this.setup.folder, `job-${this.count}`);
    const job = new JobRun(this.setup, folder, pages);
    const result = await job.steps(steps, contexts, undefined);
    return {
      outcome: result.failed ? "failure" : "success",
      lost: job.lost,
      outputs: this.filled(outputs, { ...contexts, steps: result.steps }),
      steps: job.log,
      summary: existsSync(job.summary) ? readFileSync(job.summary, "utf8") : "",
      workspace: job.workspace,
      pages: job.pages,
    };
  }

  private contexts(inputs: Outputs, secrets: Outputs): Contexts {
    const github = { ref_name: "main", ref: "refs/heads/main", token: secrets["GITHUB_TOKEN"] ?? "" };
    return { inputs, secrets, github, vars: this.setup.vars ?? {}, runner: {}, matrix: {} };
  }

  private needed(results: RunResult, needs: readonly string[]): Value {
    return Object.fromEntries(needs.map((need) => [need, { outputs: results[need]?.outputs ?? {} }]));
  }

  private filled(values: Outputs, contexts: Value): Outputs {
    const fill = (text: string) => interpolate(text, contexts, { failed: false });
    return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, fill(text)]));
  }
}

const SKIPPED: JobResult = {
  outcome: "skipped",
  lost: false,
  outputs: {},
  steps: [],
  summary: "",
  workspace: "",
  pages: "",
};

function outputsOf(file: string): Outputs {
  const { outputs = {} } = readCalled(file);
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}
