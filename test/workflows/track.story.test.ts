import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { COMPOSED_DAYS } from "../support/composed-days.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { type SmtpStandIn, startSmtpStandIn } from "../support/smtp-stand-in.ts";
import { startGithub } from "./github-stand-in.ts";
import { bareRepository, git } from "./repository.ts";
import { ROOT, type Step } from "./runner/files.ts";
import { Runner, type RunnerSetup, type RunResult } from "./runner/index.ts";
import { copyTool, lendBuild, WORKFLOW_FILES } from "./tool.ts";

const ACTION = "OWNER/ofac-ledger/.github/actions/track";
const HEADLINE = "20230523: 4 entities, 1 individual added";
const TIMEOUT = 600_000;

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-action-"));
let ofac: OfacStandIn;
let smtp: SmtpStandIn;
beforeEach(async () => {
  ofac = await startOfacStandIn();
  smtp = await startSmtpStandIn({ tls: "none" });
});
afterEach(async () => {
  await ofac.close();
  await smtp.close();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const SECRETS = {
  OFAC_LEDGER_SUBSCRIPTIONS: JSON.stringify({
    formatVersion: "1.0",
    subscriptions: [{ id: "compliance", address: "compliance@bank.example", since: "2023-05-01" }],
  }),
  OFAC_LEDGER_DELIVERY_SECRETS: "composed-secret-of-32-characters-or-more",
};

/** The settings file of a repository that watches the stand-ins. */
function settings(): string {
  return JSON.stringify({
    profile: "legacy",
    sources: { ...ofac.settings, gapMs: 0, backoffMs: 1 },
    site: { tagDate: "2023-01-01" },
    mail: {
      transport: "smtp",
      smtpHost: smtp.host,
      smtpPort: smtp.port,
      tls: "none",
      from: "ledger@demo.example",
      listId: "ledger.demo.example",
    },
  });
}

/** Days of the composed series, published one after the other. */
function publishDay(day: number): string {
  const composed = COMPOSED_DAYS[day];
  if (composed === undefined) throw new Error(`expected a composed day, found ${day}`);
  ofac.publish(composed.publication);
  return composed.look;
}

/** Subjects of the mails that arrived. */
function subjects(): (string | undefined)[] {
  return smtp.received.map(({ bytes }) => /^Subject: (.*)$/m.exec(bytes.toString())?.[1]?.trim());
}

/** The steps of the workflow that the README shows: ten lines. */
function readmeSteps(): readonly Step[] {
  const section = readFileSync(join(ROOT, "README.md"), "utf8").split("## In GitHub Actions")[1] ?? "";
  const yaml = /```yaml\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
  expect(yaml.trim().split("\n")).toHaveLength(10);
  const shown: { readonly jobs: { readonly track: { readonly steps: readonly Step[] } } } = parse(yaml);
  return shown.jobs.track.steps;
}

/** What failed, with what its steps printed. */
function logOf(
  steps: readonly { readonly name: string; readonly outcome: string; readonly log: string }[],
): string {
  return steps.map(({ name, outcome, log }) => `== ${name}: ${outcome}\n${log}`).join("\n");
}

describe("the action in a repository of somebody else's", () => {
  it(
    "installs itself, records, commits, renders and sends with ten lines of workflow",
    async () => {
      const folder = join(work, "foreign");
      const origin = bareRepository(mkdtempSync(`${work}/foreign-`), {
        "README.md": "Ours\n",
        "ofac-ledger.config.json": settings(),
      });
      const tool = copyTool(join(folder, "_actions", "ofac-ledger"));
      const env: Record<string, string> = {};
      const setup: RunnerSetup = {
        origin,
        folder,
        env,
        actions: { [ACTION]: join(tool, ".github/actions/track") },
      };
      const runner = new Runner(setup);
      env["OFAC_LEDGER_NOW"] = publishDay(0);
      const first = await runner.job(readmeSteps());
      expect(first.outcome, logOf(first.steps)).toBe("success");
      expect(smtp.received).toEqual([]);
      // The same with mail.
      env["OFAC_LEDGER_NOW"] = publishDay(1);
      const more = {
        stages: "track site send",
        subscriptions: SECRETS.OFAC_LEDGER_SUBSCRIPTIONS,
        "delivery-secrets": SECRETS.OFAC_LEDGER_DELIVERY_SECRETS,
      };
      const { outcome, steps, workspace } = await runner.job(
        readmeSteps().map((step) =>
          step.uses?.startsWith(ACTION) === true ? { ...step, with: more } : step,
        ),
      );
      expect(outcome, logOf(steps)).toBe("success");
      expect(readFileSync(join(workspace, "public/index.html"), "utf8")).toContain(HEADLINE);
      expect(existsSync(join(tool, "dist/cli/main.js"))).toBe(true);
      const log = git(origin, "log", "--format=%s", "main").split("\n");
      expect(log.at(-1)).toBe("Begin");
      expect(log).toContain(HEADLINE);
      expect(git(origin, "ls-tree", "--name-only", "main").split("\n")).toEqual([
        "README.md",
        "ofac-ledger.config.json",
        "snapshots",
      ]);
      expect(subjects()).toEqual([HEADLINE]);
      expect(smtp.received.map(({ to }) => to)).toEqual([["compliance@bank.example"]]);
    },
    TIMEOUT,
  );
});

describe("this repository's own workflows", () => {
  it(
    "record, deploy and send; a second run of the day changes and sends nothing",
    async () => {
      const { origin, folder } = ownRepository("own");
      const github = await startGithub();
      const env: Record<string, string> = { GITHUB_API_URL: github.env.GITHUB_API_URL };
      const secrets = { ...SECRETS, GITHUB_TOKEN: github.env.TOKEN };
      const vars = { OFAC_LEDGER_RELEASES: "true", OFAC_LEDGER_RAW_BRANCH: "ofac-ledger-raw" };
      const runner = new Runner({ origin, folder, env, secrets, vars, prepare: lendBuild });
      const play = () => runner.workflow(join(ROOT, ".github/workflows/track.yml"));
      let last: RunResult = {};
      for (const day of [0, 1]) {
        env["OFAC_LEDGER_NOW"] = publishDay(day);
        last = await play();
        for (const [name, job] of Object.entries(last))
          expect(job.outcome, `${name}\n${logOf(job.steps)}`).toBe("success");
      }
      // The commit says what OFAC did, and how to prove it.
      const commit = last["track"]?.outputs["commit"] ?? "";
      expect(git(origin, "log", "-1", "--format=%s", commit)).toContain(HEADLINE);
      const trailer = (name: string) =>
        git(origin, "log", "-1", `--format=%(trailers:key=${name},valueonly)`, commit).trim().split("\n")[0];
      const record = "snapshots/sdn/live/records/2023/sdn-20230523.json";
      const bytes = Buffer.from(`${git(origin, "show", `${commit}:${record}`)}\n`);
      expect(trailer("Record")).toBe(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
      expect(trailer("Added")).toBe("entity=4 individual=1");
      // Main shows publications and deliveries; looks and source files are elsewhere.
      const log = git(origin, "log", "--format=%s", "main").split("\n");
      expect(log.filter((subject) => subject.includes("look"))).toEqual([]);
      expect(git(origin, "ls-tree", "-r", "--name-only", "ofac-ledger-evidence")).toContain(
        "checks/sdn.json",
      );
      expect(git(origin, "ls-tree", "-r", "--name-only", "ofac-ledger-raw")).toContain("sdn-20230523");
      // The pages are those of that commit.
      const page = readFileSync(
        join(last["deploy/pages"]?.pages ?? "", "publications/sdn-20230523/index.html"),
        "utf8",
      );
      expect(page).toContain("PYONGYANG UNIVERSITY OF AUTOMATION");
      expect(page).toContain("https://example.github.io/ledger");
      // The mails.
      expect(subjects()).toEqual([HEADLINE]);
      expect(last["track"]?.summary).toContain(`## ${HEADLINE.replaceAll(":", "&#58;")}`);
      expect(last["track"]?.summary).toMatch(/Reconciliation of .*: \*\*agrees\*\*/);
      expect(github.releases.map(({ tag_name }) => tag_name)).toContain("sdn-20230523");
      // Again: nothing new, nothing sent, nothing deployed.
      const before = {
        main: git(origin, "rev-parse", "main"),
        mails: smtp.received.length,
        releases: github.releases.length,
      };
      const again = await play();
      expect(again["track"]?.outcome, logOf(again["track"]?.steps ?? [])).toBe("success");
      expect(again["deploy"]?.outcome).toBe("skipped");
      expect(again["track"]?.summary).toContain("## No new publication");
      expect({
        main: git(origin, "rev-parse", "main"),
        mails: smtp.received.length,
        releases: github.releases.length,
      }).toEqual(before);
      await github.close();
    },
    TIMEOUT,
  );
});

describe("two runners that see the same publication", () => {
  it(
    "write the same bytes: one commits, the other finds nothing left to do",
    async () => {
      const { origin, folder } = ownRepository("race");
      const runner = (name: string, now: string) =>
        new Runner({ origin, folder: join(folder, name), env: { OFAC_LEDGER_NOW: now }, prepare: lendBuild });
      const steps = [
        { uses: "actions/checkout@0" },
        { uses: "./.github/actions/track", with: { stages: "track" } },
      ];
      const first = await runner("first", publishDay(0)).job(steps);
      expect(first.outcome, logOf(first.steps)).toBe("success");
      const look = publishDay(1);
      const later = new Date(Date.parse(look) + 61_000).toISOString();
      const both = await Promise.all([runner("one", look).job(steps), runner("two", later).job(steps)]);
      for (const job of both) expect(job.outcome, logOf(job.steps)).toBe("success");
      const log = git(origin, "log", "--format=%s", "main").split("\n");
      expect(log.filter((subject) => subject === HEADLINE)).toHaveLength(1);
      expect(log).toHaveLength(3);
      const said = both.map(
        ({ summary }) => /Committed and pushed|had recorded the same bytes/.exec(summary)?.[0],
      );
      expect(said.sort()).toEqual(["Committed and pushed", "had recorded the same bytes"]);
    },
    TIMEOUT,
  );
});

describe("when OFAC cannot be read", () => {
  it(
    "the job fails after all that could be done, one issue is opened, and closed when it is over",
    async () => {
      const { origin, folder } = ownRepository("blocked");
      const github = await startGithub();
      const env: Record<string, string> = { GITHUB_API_URL: github.env.GITHUB_API_URL };
      const secrets = { GITHUB_TOKEN: github.env.TOKEN };
      const runner = new Runner({ origin, folder, env, secrets, prepare: lendBuild });
      const play = (name: string) => runner.workflow(join(ROOT, `.github/workflows/${name}.yml`));
      const start = Date.parse(publishDay(0));
      const at = (hours: number) => {
        env["OFAC_LEDGER_NOW"] = new Date(start + hours * 3_600_000).toISOString();
      };
      at(0);
      expect((await play("track"))["track"]?.outcome).toBe("success");
      expect((await play("watchdog"))["watchdog"]?.outcome).toBe("success");
      const main = git(origin, "rev-parse", "main");
      ofac.misbehave({ kind: "blocked", at: ["service", "store", "site"] });
      // The watchdog speaks up when it has gone on for three hours.
      for (const [hours, watchdog] of [
        [10, "success"],
        [16, "failure"],
      ] as const) {
        at(hours);
        const failed = (await play("track"))["track"];
        expect(failed?.outcome).toBe("failure");
        expect(failed?.steps.find(({ name }) => name === "finish")?.log).toContain("exit code 3");
        expect(failed?.steps.find(({ name }) => name === "keep")?.outcome).toBe("success");
        expect(failed?.summary).toMatch(/\| sdn \| .*blocked/i);
        expect((await play("watchdog"))["watchdog"]?.outcome).toBe(watchdog);
      }
      expect(git(origin, "rev-parse", "main")).toBe(main);
      const open = () => github.issues.filter(({ state }) => state === "open").map(({ title }) => title);
      expect(open()).toContain("sdn: refuses us");
      expect(new Set(open()).size).toBe(github.issues.length);
      ofac.behave();
      at(40);
      expect((await play("track"))["track"]?.outcome).toBe("success");
      const over = (await play("watchdog"))["watchdog"];
      expect(over?.outcome, logOf(over?.steps ?? [])).toBe("success");
      expect(open()).toEqual([]);
      expect(github.issues[0]?.comments_.join()).toContain("All clear");
      await github.close();
    },
    TIMEOUT,
  );
});

/** A repository that is this project's own, with settings for the stand-ins. */
function ownRepository(name: string): { origin: string; folder: string } {
  const folder = join(work, name);
  const source = copyTool(join(work, `${name}-source`), WORKFLOW_FILES);
  const origin = bareRepository(mkdtempSync(`${work}/${name}-`), {
    ...filesOf(source),
    "ofac-ledger.config.json": settings(),
  });
  return { origin, folder };
}

/** Every file below a folder, by its path. */
function filesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );
}
