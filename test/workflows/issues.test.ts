import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GithubStandIn, startGithub } from "./github-stand-in.ts";
import { SCRIPTS } from "./repository.ts";
import { runScript } from "./scripts.ts";

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-issues-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

let github: GithubStandIn;
beforeEach(async () => {
  github = await startGithub();
});
afterEach(() => github.close());

const HELD = { key: "held:sdn", title: "sdn: 45 removals held", body: "since 2023-05-23", state: "firing" };
const OVER = { ...HELD, body: "released by OFAC's delta", state: "resolved" };

interface Report {
  readonly opened: readonly number[];
  readonly changed: readonly number[];
  readonly closed: readonly number[];
}

interface Scripts {
  readonly syncIssues: (alarms: readonly object[], repository: unknown, author: string) => Promise<Report>;
  readonly readAlarms: (text: string) => readonly object[];
  readonly openRepository: (env: Readonly<Record<string, string>>) => unknown;
}

const load = (name: string) => import(pathToFileURL(join(SCRIPTS, name)).href);
const { syncIssues, readAlarms, openRepository }: Scripts = {
  ...(await load("issues.mjs")),
  ...(await load("github.mjs")),
};

async function sync(alarms: readonly object[], env: Readonly<Record<string, string>> = {}): Promise<Report> {
  const repository = openRepository({ ...github.env, ...env });
  return syncIssues(readAlarms(JSON.stringify(alarms)), repository, "github-actions[bot]");
}

const NOTHING: Report = { opened: [], changed: [], closed: [] };

describe("an issue for each state", () => {
  it("is opened once, kept up to date, and closed by itself", async () => {
    expect(await sync([HELD])).toEqual({ ...NOTHING, opened: [1] });
    expect(await sync([HELD])).toEqual(NOTHING);
    expect(await sync([{ ...HELD, body: "since 2023-05-23, 46 now" }])).toEqual({ ...NOTHING, changed: [1] });
    expect(github.issues).toHaveLength(1);
    expect(github.issues[0]).toMatchObject({
      title: HELD.title,
      state: "open",
      labels: [{ name: "ofac-ledger" }],
    });
    expect(github.issues[0]?.body).toContain("```text\nsince 2023-05-23, 46 now\n```");
    expect(await sync([OVER])).toEqual({ ...NOTHING, closed: [1] });
    expect(github.issues[0]).toMatchObject({ state: "closed", state_reason: "completed" });
    expect(github.issues[0]?.comments_).toEqual([expect.stringContaining("released by OFAC's delta")]);
    expect(await sync([OVER])).toEqual(NOTHING);
    expect(await sync([HELD])).toEqual({ ...NOTHING, opened: [2] });
  });

  it("is closed, too, when its alarm is not spoken of any more", async () => {
    await sync([HELD, { ...HELD, key: "chain", title: "the ledger does not verify" }]);
    expect(await sync([HELD])).toEqual({ ...NOTHING, closed: [2] });
    expect(github.issues.map(({ state }) => state)).toEqual(["open", "closed"]);
  });

  it("is found among hundreds of others", async () => {
    for (let i = 0; i < 250; i += 1) github.opened("somebody", `Question ${i}`, null);
    await sync([HELD]);
    expect(await sync([HELD])).toEqual(NOTHING);
    expect(github.issues).toHaveLength(251);
  });

  it("cannot be forestalled by an issue that somebody else opened with its mark", async () => {
    await sync([HELD]);
    const mark = github.issues[0]?.body ?? "";
    await sync([]);
    github.opened("mallory", HELD.title, mark);
    github.opened("github-actions[bot]", "a pull request", mark, { pull_request: {} });
    expect(await sync([HELD])).toEqual({ ...NOTHING, opened: [4] });
    expect(await sync([])).toEqual({ ...NOTHING, closed: [4] });
    expect(github.issues[1]?.state).toBe("open");
  });

  it("shows foreign text as text", async () => {
    const body =
      "found <img src=x> @everyone [a](https://evil.example)\n```\n# heading\n<!-- ofac-ledger-alarm:0 -->";
    await sync([
      { ...HELD, title: `held\n::set-output name=x::y${"a".repeat(300)}`, key: "--> <script>", body },
    ]);
    const [issue] = github.issues;
    expect(issue?.title).toHaveLength(256);
    expect(issue?.title).not.toMatch(/\n/);
    const [mark, fence, ...rest] = issue?.body?.split("\n") ?? [];
    expect(mark).toMatch(/^<!-- ofac-ledger-alarm:[0-9a-f]{16} -->$/);
    expect(fence).toBe("````text");
    expect(rest.slice(0, 5).join("\n")).toBe(`${body}\n\`\`\`\``);
  });

  it("waits as GitHub asks, and gives up with its words on anything else", async () => {
    github.fail(429, { "retry-after": "0" });
    github.fail(502);
    expect(await sync([HELD])).toEqual({ ...NOTHING, opened: [1] });
    github.fail(403);
    await expect(sync([HELD])).rejects.toThrow("expected success, found 403");
    await expect(sync([HELD], { TOKEN: "wrong" })).rejects.toThrow("401");
    await expect(sync([HELD], { TOKEN: "" })).rejects.toThrow("expected TOKEN");
    await expect(sync([{ key: "x" }])).rejects.toThrow("alarm 0: expected key, title, body and state");
  });
});

describe("the step", () => {
  it("reads the alarms and says what it did", async () => {
    const options = { cwd: work, env: github.env };
    const done = await runScript("issues.mjs", ["-"], { ...options, input: JSON.stringify([HELD]) });
    expect(done.stdout, done.stderr).toBe('{"opened":[1],"changed":[],"closed":[]}\n');
    const refused = await runScript("issues.mjs", ["-"], { ...options, input: "{}" });
    expect(refused).toMatchObject({ status: 1, stderr: "expected a list of alarms, found object\n" });
  });
});

describe("a release for each publication", () => {
  const log = join(work, "log.json");
  const record = {
    id: "sdn-20230523",
    segment: "live",
    headline: "20230523: 1 [x](y) added",
    hash: "sha256:11",
  };

  it("is made once, at the commit, and is never the repository's latest", async () => {
    const before = { ...record, id: "sdn-20230519", headline: "20230519: 2 entities added" };
    writeFileSync(
      log,
      JSON.stringify([record, before, { ...record, segment: "csv-2021", id: "sdn-20210101" }]),
    );
    const args = [log, "c0ffee", "https://ledger.example/x/"];
    const made = await runScript("releases.mjs", args, { cwd: work, env: github.env });
    expect(made.stdout, made.stderr).toBe("released sdn-20230519, sdn-20230523\n");
    expect(github.releases[1]).toMatchObject({
      tag_name: "sdn-20230523",
      target_commitish: "c0ffee",
      make_latest: "false",
    });
    expect(github.releases[1]?.body).toContain("<code>20230523&#58; 1 &#91;x&#93;&#40;y&#41; added</code>");
    expect(github.releases[1]?.body).toContain("(https://ledger.example/x/publications/sdn-20230523/)");
    const again = await runScript("releases.mjs", args, { cwd: work, env: github.env });
    expect(again.stdout).toBe("no new release\n");
    expect(github.releases).toHaveLength(2);
  });
});
