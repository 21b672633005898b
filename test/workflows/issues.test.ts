import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GithubStandIn, startGithub } from "./github-stand-in.ts";
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

function sync(alarms: readonly object[], env: Readonly<Record<string, string>> = {}) {
  return runScript("issues.mjs", ["-"], {
    cwd: work,
    env: { ...github.env, ...env },
    input: JSON.stringify(alarms),
  });
}

describe("an issue for each state", () => {
  it("is opened once, kept up to date, and closed by itself", async () => {
    expect((await sync([HELD])).stdout).toBe('{"opened":[1],"changed":[],"closed":[]}\n');
    expect((await sync([HELD])).stdout).toBe('{"opened":[],"changed":[],"closed":[]}\n');
    expect((await sync([{ ...HELD, body: "since 2023-05-23, 46 now" }])).stdout).toContain('"changed":[1]');
    expect(github.issues).toHaveLength(1);
    expect(github.issues[0]).toMatchObject({
      title: HELD.title,
      state: "open",
      labels: [{ name: "ofac-ledger" }],
    });
    expect(github.issues[0]?.body).toContain("```text\nsince 2023-05-23, 46 now\n```");
    expect((await sync([OVER])).stdout).toContain('"closed":[1]');
    expect(github.issues[0]).toMatchObject({ state: "closed", state_reason: "completed" });
    expect(github.issues[0]?.comments_).toEqual([expect.stringContaining("released by OFAC's delta")]);
    expect((await sync([OVER])).stdout).toBe('{"opened":[],"changed":[],"closed":[]}\n');
    expect((await sync([HELD])).stdout).toContain('"opened":[2]');
  });

  it("is closed, too, when its alarm is not spoken of any more", async () => {
    await sync([HELD, { ...HELD, key: "chain", title: "the ledger does not verify" }]);
    expect((await sync([HELD])).stdout).toContain('"closed":[2]');
    expect(github.issues.map(({ state }) => state)).toEqual(["open", "closed"]);
  });

  it("is found among hundreds of others", async () => {
    for (let i = 0; i < 250; i += 1) github.opened("somebody", `Question ${i}`, null);
    await sync([HELD]);
    expect((await sync([HELD])).stdout).toBe('{"opened":[],"changed":[],"closed":[]}\n');
    expect(github.issues).toHaveLength(251);
  });

  it("cannot be forestalled by an issue that somebody else opened with its mark", async () => {
    await sync([HELD]);
    const mark = github.issues[0]?.body ?? "";
    await sync([]);
    github.opened("mallory", HELD.title, mark);
    github.opened("github-actions[bot]", "a pull request", mark, { pull_request: {} });
    expect((await sync([HELD])).stdout).toContain('"opened":[4]');
    expect((await sync([])).stdout).toContain('"closed":[4]');
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
    expect((await sync([HELD])).stdout).toContain('"opened":[1]');
    github.fail(403);
    const refused = await sync([HELD]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("expected success, found 403");
    expect((await sync([HELD], { TOKEN: "wrong" })).stderr).toContain("401");
    expect((await sync([HELD], { TOKEN: "" })).stderr).toContain("expected TOKEN");
    expect((await sync([{ key: "x" }])).stderr).toContain("alarm 0: expected key, title, body and state");
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
