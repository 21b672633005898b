import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { load } from "cheerio";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { SCRIPTS } from "./repository.ts";
import { readOutputs, runScript } from "./scripts.ts";

interface Markdown {
  readonly inline: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly block: (text: string) => string;
}
interface RunnerScript {
  readonly output: (name: string, value: unknown) => void;
  readonly oneLine: (text: string) => string;
}
const loadScript = (name: string) => import(pathToFileURL(join(SCRIPTS, name)).href);
const markdown: Markdown = await loadScript("markdown.mjs");
const runner: RunnerScript = await loadScript("runner.mjs");

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-foreign-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Text as the worst party name could be. */
const NASTY = [
  "a\nchanged=false",
  "x<<EOF\ny\nEOF",
  "::set-output name=commit::0",
  "<img src=x onerror=alert(1)>",
  "[click](https://evil.example) ![i](x) @everyone #1 https://evil.example",
  "| cell | <!-- -->",
  "`code` ```",
  "\u202egnp.exe\u0000\u2028",
  "```text\nout\n````",
];
const foreign = () => fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 60 }));

describe("foreign text", () => {
  it("in an output is one value, whatever it holds, and makes no other", () => {
    const file = join(work, "output");
    fc.assert(
      fc.property(foreign(), foreign(), (one, two) => {
        writeFileSync(file, "");
        process.env["GITHUB_OUTPUT"] = file;
        const log = console.log;
        const printed: string[] = [];
        console.log = (line: string) => printed.push(line);
        try {
          runner.output("headline", one);
          runner.output("commit", two);
        } finally {
          console.log = log;
          delete process.env["GITHUB_OUTPUT"];
        }
        const written = Buffer.from(`${one}\u0001${two}`, "utf8").toString("utf8").split("\u0001");
        const outputs = readOutputs(readFileSync(file, "utf8"));
        expect([...outputs.keys()]).toEqual(["headline", "commit"]);
        if (written.length === 2) expect([...outputs.values()]).toEqual(written);
        // A line of the log that begins with `::` would be a command to the runner.
        for (const line of printed) expect(line).toMatch(/^(headline|commit)=[^\n\r]*$/);
      }),
      { numRuns: 60 },
    );
  });

  it("in a line or heading of Markdown is text: no markup, no mention, no link", () => {
    fc.assert(
      fc.property(foreign(), (text) => {
        for (const made of [markdown.inline(text), markdown.heading(text)]) {
          expect(made.replace(/^<code>|<\/code>$/g, "")).toMatch(/^(?:[\p{L}\p{N} ,.;…]|&#\d+;)*$/u);
          expect(load(made, null, false).text()).toBe(runner.oneLine(text));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("in a block cannot end its fence", () => {
    fc.assert(
      fc.property(foreign(), (text) => {
        const lines = markdown.block(text).split("\n");
        const fence = /^(`{3,})text$/.exec(lines[0] ?? "")?.[1] ?? "";
        expect(fence).not.toBe("");
        expect(lines.at(-1)).toBe(fence);
        for (const line of lines.slice(1, -1)) expect(line).not.toContain(fence);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the inputs", () => {
  const begin = (env: Readonly<Record<string, string>>) =>
    runScript("begin.mjs", [], {
      cwd: work,
      env: {
        RUNNER_TEMP: work,
        INPUT_LEDGER: "snapshots",
        INPUT_OUT: "public",
        INPUT_STAGES: "track",
        ...env,
      },
    });

  it.each([
    ["another stage", { INPUT_STAGES: "track deploy" }, "expected some of track, site, send, watchdog"],
    ["no word for yes", { INPUT_FORCE: "yes" }, 'expected true or false as input force, found "yes"'],
    [
      "a branch that is an option",
      { INPUT_RAW_BRANCH: "--force" },
      "expected the name of a branch as input raw-branch",
    ],
    [
      "a subscription that is an option",
      { INPUT_TRY_AGAIN: "reader-1 --ledger" },
      'expected ids of subscriptions as input try-again, found "--ledger"',
    ],
    ["settings that are not there", { INPUT_CONFIG: "gone.json" }, "expected a file as input config"],
    ["no ledger", { INPUT_LEDGER: " " }, "expected a folder as input ledger"],
  ] as const)("stop with a message: %s", async (_, env, message) => {
    const done = await begin(env);
    expect(done.status).toBe(2);
    expect(done.stderr).toContain(message);
  });

  it("ask send for what a dead runner left unknown, and for those that were given up", async () => {
    const stand = join(work, "stand-in.mjs");
    writeFileSync(stand, "console.log(JSON.stringify({ asked: process.argv.slice(2) }));");
    const asked = async (env: Readonly<Record<string, string>>) => {
      expect((await begin({ INPUT_STAGES: "send", ...env })).status).toBe(0);
      const plan = join(work, "ofac-ledger/plan.json");
      writeFileSync(plan, JSON.stringify({ ...JSON.parse(readFileSync(plan, "utf8")), cli: stand }));
      const done = await runScript("send.mjs", [], { cwd: work, env: { RUNNER_TEMP: work } });
      expect(done.status, done.stderr).toBe(0);
      return JSON.parse(readFileSync(join(work, "ofac-ledger/send.json"), "utf8")).asked.slice(4);
    };
    const rest = ["--ledger", "snapshots"];
    expect(await asked({ INPUT_RESEND_UNKNOWN: "", INPUT_TRY_AGAIN: "" })).toEqual(rest);
    const words = { INPUT_RESEND_UNKNOWN: "true", INPUT_TRY_AGAIN: "counsel, compliance" };
    const options = ["--resend-unknown", "--try-again", "counsel", "--try-again", "compliance"];
    expect(await asked(words)).toEqual([...options, ...rest]);
  });

  it("become a plan: settings over the file's, and where the pages of the repository are", async () => {
    writeFileSync(join(work, "settings.json"), '{"site":{"repositoryUrl":"https://elsewhere.example"}}');
    const done = await begin({
      INPUT_CONFIG: "settings.json",
      INPUT_SITE_TITLE: "Ours",
      INPUT_EVIDENCE_BRANCH: "looks",
      INPUT_WATCHDOG_BRANCH: "told",
      GITHUB_REPOSITORY: "Example/Example.github.io",
    });
    expect(done.status, done.stderr).toBe(0);
    expect(JSON.parse(readFileSync(join(work, "ofac-ledger/plan.json"), "utf8"))).toMatchObject({
      stages: ["track"],
      settings: {
        OFAC_LEDGER__SITE__TITLE: "Ours",
        OFAC_LEDGER__SITE__BASE_URL: "https://example.github.io",
        OFAC_LEDGER__EVIDENCE__DIR: join(work, "ofac-ledger/evidence"),
      },
      evidenceBranch: "looks",
      watchdogBranch: null,
      siteUrl: "https://example.github.io",
    });
    expect(done.stdout).not.toContain("REPOSITORY_URL");
  });
});
