import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EXIT } from "../../src/domain/index.ts";
import { entities, listFiles, run } from "../app/live.ts";
import { runCli } from "../support/cli.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { DELIVERY_SECRET, subscriptionsOf } from "../support/send-world.ts";

const SDN = entities(run(101, 40));
let folder: string;
let ofac: OfacStandIn;
let now = "2023-05-19T14:20:00Z";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ofac-ledger-parts-"));
  now = "2023-05-19T14:20:00Z";
  ofac = await startOfacStandIn({ now: () => Date.parse(now) });
  ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SDN]) });
  configure({});
  writeFileSync(join(folder, "subscriptions.json"), subscriptionsOf({ id: "reader", since: "2023-05-01" }));
  expect((await cli("update")).code).toBe(EXIT.done);
  // Something that no build wrote stands where the site should be.
  mkdirSync(join(folder, "public"));
  writeFileSync(join(folder, "public/index.html"), "somebody else's\n");
});
afterEach(async () => {
  await ofac.close();
  rmSync(folder, { recursive: true, force: true });
});

function configure(mail: Readonly<Record<string, unknown>>): void {
  const sources = { ...ofac.settings, gapMs: 0, backoffMs: 0, attempts: 1 };
  const config = {
    profile: "legacy",
    sources,
    site: { baseUrl: "https://ledger.test" },
    mail: { from: "digests@sender.test", subscriptions: "subscriptions.json", ...mail },
  };
  writeFileSync(join(folder, "ofac-ledger.config.json"), JSON.stringify(config));
}

function cli(...args: readonly string[]) {
  const env = { OFAC_LEDGER_NOW: now, OFAC_LEDGER_DELIVERY_SECRETS: DELIVERY_SECRET };
  return runCli([...args, "--quiet"], { cwd: folder, env });
}

function publish(parties: Parameters<typeof listFiles>[0][1]): void {
  now = "2023-05-23T14:20:00Z";
  ofac.publish({ id: 502, at: "2023-05-23T14:01:44Z", files: listFiles(["2023-05-23", parties]) });
}

it("a site that cannot be published hides neither what was recorded nor keeps mail from being sent", async () => {
  publish([...SDN, ...entities([900])]);
  const { code, stdout, stderr } = await cli("run", "--send", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: EXIT.publish,
    lists: [{ list: "sdn", outcome: "publication", id: "sdn-20230523" }, { list: "consolidated" }],
    site: { error: { code: "foreign-file" } },
    send: { sent: [{ subscription: "reader" }] },
  });
  expect(stderr).toMatch(/^site: error foreign-file: /m);
  expect(code).toBe(EXIT.publish);
  expect(readdirSync(join(folder, "outbox"))).toHaveLength(1);
  expect(readFileSync(join(folder, "public/index.html"), "utf8")).toBe("somebody else's\n");
  const text = await cli("run", "--send");
  expect([text.code, text.stdout]).toEqual([EXIT.publish, expect.stringContaining("mail: 0 sent")]);
});

it("of several failures the first by the README's order is the exit code", async () => {
  now = "2023-05-23T14:20:00Z";
  ofac.misbehave({ kind: "html" });
  const { code, stdout, stderr } = await cli("run", "--json");
  const facts = JSON.parse(stdout);
  expect(facts.site).toMatchObject({ error: { code: "foreign-file" } });
  expect(facts.lists[0]).toMatchObject({ outcome: "failed" });
  expect([code, facts.exitCode]).toEqual([facts.lists[0].exitCode, facts.lists[0].exitCode]);
  expect([EXIT.content, EXIT.unreachable]).toContain(code);
  expect(stderr).toMatch(/site: error foreign-file: /);
});

it("mail that cannot be set up is told beside what was recorded and rendered", async () => {
  rmSync(join(folder, "public"), { recursive: true });
  publish([...SDN, ...entities([900])]);
  configure({ subscriptions: "nowhere.json" });
  const { code, stdout } = await cli("run", "--send", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: EXIT.usage,
    lists: [{ outcome: "publication" }, {}],
    site: { out: "public" },
    send: { error: { code: "no-subscriptions" } },
  });
  expect(code).toBe(EXIT.usage);
});

it("--accept takes a hash in any case, and refuses what is none", async () => {
  const hash = "a".repeat(32) + "B".repeat(32);
  for (const accept of [hash, `sha256:${hash}`, `SHA256:${hash}`]) {
    expect((await cli("update", "--accept", accept)).code, accept).toBe(EXIT.done);
  }
  const { code, stderr } = await cli("update", "--accept", `${hash}0`);
  expect([code, stderr]).toEqual([EXIT.usage, expect.stringContaining("bad-hash")]);
});
