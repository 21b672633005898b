import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../support/cli.ts";
import type { GithubStandIn } from "../workflows/github-stand-in.ts";
import { bareRepository, checkout, SCRIPTS } from "../workflows/repository.ts";
import { ROOT, readWorkflow } from "../workflows/runner/files.ts";
import { type JobResult, Runner } from "../workflows/runner/index.ts";
import { runScript } from "../workflows/scripts.ts";
import { type Death, dying } from "./deaths.ts";
import { filesBelow } from "./ledgers.ts";
import { OPERATOR, subscriptionsDocument } from "./people.ts";
import type { World } from "./world.ts";

/** Where a site has the records. */
const RECORDS = "api/v1/records";

/** What befalls a run of a workflow. */
export interface Disturbance {
  readonly dies?: Death | undefined;
  /** A second runner begins at the same moment. */
  readonly race?: true | undefined;
}

/** Where the story is played: something that looks at OFAC when it is told to. */
export interface Host {
  look(now: string, disturbance: Disturbance): Promise<void>;
  watch(now: string, disturbance: Disturbance): Promise<void>;
  /** What an operator types where the ledger lies; `files` lie beside it. */
  operate(now: string, command: readonly string[], files: Readonly<Record<string, string>>): Promise<void>;
  /** The folder of the ledger as it stands. */
  ledger(): string;
  /** What its site shows: the files of records by name. */
  shownRecords(): ReadonlyMap<string, string>;
}

const SECRETS = {
  OFAC_LEDGER_SUBSCRIPTIONS: subscriptionsDocument("2023-05-01"),
  OFAC_LEDGER_DELIVERY_SECRETS: "composed-story-secret-of-32-characters-or-more",
};

/** The settings that both hosts have. */
function settings({ ofac, smtp }: World) {
  return {
    profile: "legacy",
    sources: { ...ofac.settings, gapMs: 0, backoffMs: 5, attempts: 2 },
    site: { title: "OFAC ledger (composed story)", baseUrl: "https://ledger.example", tagDate: "2023-01-01" },
    mail: {
      transport: "smtp",
      smtpHost: smtp.host,
      smtpPort: smtp.port,
      tls: "none",
      from: "ledger@demo.example",
      listId: "ledger.demo.example",
    },
    watchdog: { mailTo: [OPERATOR] },
  };
}

/** A job as it ended on the other host. */
export interface PlayedJob {
  readonly now: string;
  readonly name: string;
  readonly result: JobResult;
}

/** A repository with this one's workflows; every job has a machine of its own, which is gone after it. */
export class GitHost implements Host {
  readonly origin: string;
  /** All jobs that ran, oldest first. */
  readonly jobs: PlayedJob[] = [];
  #pages: ReadonlyMap<string, string> = new Map();
  readonly #folder: string;
  readonly #github: GithubStandIn;
  readonly #secrets: Readonly<Record<string, string>>;

  constructor(folder: string, world: World) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#github = world.github;
    this.#secrets = {
      ...SECRETS,
      GITHUB_TOKEN: world.github.env.TOKEN,
      OFAC_LEDGER_WATCHDOG_WEBHOOK: world.hook.url,
    };
    this.origin = bareRepository(folder, {
      ...tool(),
      "ofac-ledger.config.json": `${JSON.stringify(settings(world), null, 2)}\n`,
    });
  }

  async look(now: string, { dies, race }: Disturbance): Promise<void> {
    if (race === undefined) await this.#workflow(now, "track", { dies });
    else await this.#race(now);
  }

  async watch(now: string, { dies }: Disturbance): Promise<void> {
    await this.#workflow(now, "watchdog", { dies });
  }

  /** In a clone of his own; what he did is pushed, and the next run deploys and sends it. */
  async operate(
    now: string,
    command: readonly string[],
    files: Readonly<Record<string, string>>,
  ): Promise<void> {
    const cwd = checkout(this.origin, mkdtempSync(join(this.#folder, "operator-")));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const env = { ...this.#secrets, OFAC_LEDGER_NOW: now };
    // Mail is sent with every step of it pushed; anything else is pushed when it is done, under its first line.
    const sends = command[0] === "send";
    const durable = sends ? ["--durable-by", join(SCRIPTS, "push-deliveries.mjs")] : [];
    const done = await runCli([...command, ...durable], { cwd, env });
    if (done.code !== 0) throw new Error(`${command.join(" ")} ended with ${done.code}: ${done.stderr}`);
    if (!sends) {
      const [headline = ""] = done.stdout.split("\n");
      const pushed = await runScript("commit.mjs", ["snapshots", "--message", headline], { cwd });
      if (pushed.status !== 0) throw new Error(`commit.mjs ended with ${pushed.status}: ${pushed.stderr}`);
    }
    rmSync(cwd, { recursive: true });
  }

  ledger(): string {
    const clone = join(this.#folder, "now");
    rmSync(clone, { recursive: true, force: true });
    return join(checkout(this.origin, clone), "snapshots");
  }

  shownRecords(): ReadonlyMap<string, string> {
    return this.#pages;
  }

  /**
   * Two runners without a queue before them, as when one of them is not GitHub's: both look from the same commit, then
   * both send from the same commit.
   */
  async #race(now: string): Promise<void> {
    const { track } = readWorkflow(workflowFile("track")).jobs;
    if (track?.steps === undefined) throw new Error("expected steps of the job track, found none");
    const { steps, outputs = {} } = track;
    const folder = mkdtempSync(join(this.#folder, "run-"));
    const runners = ["one", "two"].map((name) => this.#runner(now, join(folder, name)));
    const looks = await Promise.all(runners.map((runner) => runner.job(steps, undefined, outputs)));
    for (const result of looks) this.jobs.push({ now, name: "track", result });
    rmSync(folder, { recursive: true });
    const commits = looks
      .filter((one) => one.outputs["deploy"] === "true")
      .map((one) => one.outputs["commit"]);
    for (const ref of new Set(commits)) await this.#workflow(now, "deploy", { inputs: { ref: ref ?? "" } });
    await Promise.all([this.#workflow(now, "send"), this.#workflow(now, "send")]);
  }

  async #workflow(
    now: string,
    name: string,
    { dies, inputs }: { dies?: Death | undefined; inputs?: Readonly<Record<string, string>> } = {},
  ): Promise<void> {
    const folder = mkdtempSync(join(this.#folder, "run-"));
    const done = await this.#runner(now, folder, dies).workflow(workflowFile(name), inputs);
    for (const [job, result] of Object.entries(done)) {
      if (result.outcome === "skipped") continue;
      this.jobs.push({ now, name: job, result });
      if (job.endsWith("pages") && result.outcome === "success")
        this.#pages = filesBelow(join(result.pages, RECORDS));
    }
    rmSync(folder, { recursive: true });
  }

  #runner(now: string, folder: string, dies?: Death): Runner {
    return new Runner({
      origin: this.origin,
      folder,
      secrets: this.#secrets,
      env: {
        OFAC_LEDGER_NOW: now,
        GITHUB_API_URL: this.#github.env.GITHUB_API_URL,
        ...(dies === undefined ? {} : dying(dies)),
      },
      prepare: lendBuild,
    });
  }
}

function workflowFile(name: string): string {
  return join(ROOT, ".github/workflows", `${name}.yml`);
}

/** What a job needs of this repository: the action and its scripts. */
function tool(): Record<string, string> {
  const folder = join(ROOT, ".github");
  const files = filesBelow(folder);
  return Object.fromEntries(
    [...files]
      .filter(([name]) => /^(?:actions|scripts)\//.test(name))
      .map(([name, text]) => [`.github/${name}`, text]),
  );
}

/** Installs and builds nothing: every job takes what this project has built. */
function lendBuild(workspace: string): void {
  symlinkSync(join(ROOT, "dist"), join(workspace, "dist"));
}

/** One machine with a lasting disk and a cron job, without git. Nothing ever happens to it. */
export class PlainHost implements Host {
  readonly folder: string;

  constructor(folder: string, world: World) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "ofac-ledger.config.json"), JSON.stringify(settings(world)));
  }

  ledger(): string {
    return join(this.folder, "snapshots");
  }

  shownRecords(): ReadonlyMap<string, string> {
    return filesBelow(join(this.folder, "public", RECORDS));
  }

  async look(now: string): Promise<void> {
    await this.#run(now, ["run", "--send", "--quiet"], [0, 3, 5, 7]);
  }

  /** Nobody watches over it: what alarms there are to be, the other host shows. */
  async watch(): Promise<void> {}

  async operate(
    now: string,
    command: readonly string[],
    files: Readonly<Record<string, string>>,
  ): Promise<void> {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, name), text);
    await this.#run(now, command, [0]);
  }

  async #run(now: string, args: readonly string[], expected: readonly number[]): Promise<void> {
    const done = await runCli(args, { cwd: this.folder, env: { ...SECRETS, OFAC_LEDGER_NOW: now } });
    if (done.code === null || !expected.includes(done.code))
      throw new Error(`${now}: ${args.join(" ")} ended with ${done.code}:\n${done.stdout}${done.stderr}`);
  }
}
