import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT } from "../../src/domain/index.ts";
import { entities, listFiles, run } from "../app/live.ts";
import { type CliResult, runCli } from "../support/cli.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { startSmtpStandIn } from "../support/smtp-stand-in.ts";

const SDN = entities(run(101, 12));
const FIRST = "2023-05-19T14:20:00Z";
const WEBHOOK_SECRET = "a composed signing secret of 32 characters";

let folder: string;
let ofac: OfacStandIn;
let now = FIRST;
const open: (() => unknown)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ofac-ledger-unattended-"));
  now = FIRST;
  ofac = await startOfacStandIn({ now: () => Date.parse(now) });
  open.push(() => ofac.close());
  ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SDN]) });
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** The settings as variables: there is no file. */
function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { settings } = ofac;
  const sources = Object.entries({ ...settings, gapMs: 0, backoffMs: 0, attempts: 1 }).map(
    ([member, value]) => [
      `OFAC_LEDGER__SOURCES__${member.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase()}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ],
  );
  return {
    ...Object.fromEntries(sources),
    OFAC_LEDGER__PROFILE: "legacy",
    OFAC_LEDGER__EVIDENCE__DIR: "evidence",
    OFAC_LEDGER_NOW: now,
    ...more,
  };
}

function cli(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  return runCli(args, { cwd: folder, env: environment(more) });
}

/** A server on loopback that answers with what `answer` says at the time. */
async function serve(
  answer: (body: string) => { status: number; body?: string },
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      const { status, body: text } = answer(body);
      response.writeHead(status, { "content-type": "application/json" }).end(text ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function alarmsIn(path: string): { key: string; state: string; title: string; body: string }[] {
  return JSON.parse(readFileSync(join(folder, path), "utf8"));
}

describe("the watchdog from a cron", () => {
  it("tells by mail, webhook and issue file: once, again after a day, and when it is over", async () => {
    const smtp = await startSmtpStandIn();
    open.push(() => smtp.close());
    const posted: { headers?: unknown; kinds: string[] }[] = [];
    const hook = await serve((body) => {
      const { messages } = JSON.parse(body) as { messages: { kind: string; key: string }[] };
      posted.push({ kinds: messages.map(({ kind, key }) => `${kind} ${key}`) });
      return { status: 204 };
    });
    const settings = {
      OFAC_LEDGER__MAIL__TRANSPORT: "smtp",
      OFAC_LEDGER__MAIL__SMTP_HOST: "127.0.0.1",
      OFAC_LEDGER__MAIL__SMTP_PORT: String(smtp.port),
      OFAC_LEDGER__MAIL__TLS: "none",
      OFAC_LEDGER__MAIL__FROM: "watchdog@ledger.test",
      OFAC_LEDGER__WATCHDOG__MAIL_TO: "ops@bank.test, night@bank.test",
      OFAC_LEDGER_WATCHDOG_WEBHOOK: `${hook.url}/T0/secret-path`,
      OFAC_LEDGER_WEBHOOK_SECRET: WEBHOOK_SECRET,
    };
    const watchdog = (at: string, ...args: string[]) => {
      now = at;
      return cli(["watchdog", "--issues", "issues.json", ...args], settings);
    };
    expect((await cli(["update"])).code).toBe(EXIT.done);
    expect(await watchdog("2023-05-19T18:00:00Z")).toMatchObject({
      code: EXIT.done,
      stdout: "all is well\n",
    });
    expect(alarmsIn("issues.json")).toEqual([]);

    const dry = await watchdog("2023-05-20T16:00:00Z", "--dry-run");
    expect(dry.stdout).toContain(
      "would tell webhook: alarm: nobody has looked at OFAC's lists since 2023-05-19T14:20:00Z",
    );
    expect([smtp.received.length, posted.length]).toEqual([0, 0]);

    const alarm = await watchdog("2023-05-20T16:00:00Z");
    expect(alarm.code).toBe(EXIT.unreachable);
    await watchdog("2023-05-20T17:00:00Z");
    const [issue, ...others] = alarmsIn("issues.json");
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ key: "looks", state: "firing" });
    await watchdog("2023-05-21T17:00:00Z");
    expect(alarmsIn("issues.json")).toEqual([issue]);
    now = "2023-05-21T18:00:00Z";
    expect((await cli(["update"])).code).toBe(EXIT.done);
    expect((await watchdog("2023-05-21T18:10:00Z")).code).toBe(EXIT.done);
    expect(alarmsIn("issues.json")).toMatchObject([{ key: "looks", state: "resolved" }]);
    await watchdog("2023-05-21T19:10:00Z");
    expect(alarmsIn("issues.json")).toEqual([]);

    expect(posted.map(({ kinds }) => kinds)).toEqual([
      ["alarm looks"],
      ["reminder looks"],
      ["all-clear looks"],
    ]);
    for (const address of ["ops@bank.test", "night@bank.test"]) {
      const own = smtp.received.filter(({ to }) => to.includes(address));
      const subjects = own.map(({ bytes }) => /^Subject: (.*)$/m.exec(bytes.toString("utf8"))?.[1] ?? "");
      expect(subjects.map((subject) => /(alarm|reminder|all clear)/.exec(subject)?.[1])).toEqual([
        "alarm",
        "reminder",
        "all clear",
      ]);
      expect(
        new Set(own.map(({ bytes }) => /^Message-ID: .*$/m.exec(bytes.toString("utf8"))?.[0])).size,
      ).toBe(3);
    }
    const memory = readFileSync(join(folder, "ofac-ledger.watchdog.json"), "utf8");
    expect(memory).not.toMatch(/bank\.test|127\.0\.0\.1/);
  });

  it("tells later what a channel did not take, and says nothing of where it is", async () => {
    // A ledger that has not begun: nobody has looked.
    mkdirSync(join(folder, "snapshots"));
    let status = 500;
    const posted: string[] = [];
    const hook = await serve((body) => {
      if (status < 300) posted.push(body);
      return { status };
    });
    const settings = { OFAC_LEDGER_WATCHDOG_WEBHOOK: `${hook.url}/T0/secret-path` };
    now = "2023-05-20T16:00:00Z";
    const failed = await cli(["watchdog", "--log", "json"], settings);
    expect(failed.code).toBe(EXIT.unreachable);
    expect(JSON.parse(failed.stderr)).toMatchObject({
      level: "warning",
      code: "not-told",
      message: expect.stringContaining("http-500"),
    });
    expect(failed.stdout + failed.stderr).not.toContain("secret-path");
    status = 200;
    await cli(["watchdog"], settings);
    await cli(["watchdog"], settings);
    expect(posted).toHaveLength(1);
  });

  it("watches a published site over HTTP from another machine: fresh, stale, gone, no site at all", async () => {
    let answer: { status: number; body?: string } = { status: 404 };
    const site = await serve(() => answer);
    const url = `${site.url}/status.json`;
    const elsewhere = (at: string) => {
      now = at;
      return cli(["watchdog", "--url", url, "--state", "elsewhere.json", "--json"]);
    };
    const found = async (at: string) => {
      const { code, stdout } = await elsewhere(at);
      const { alarms } = JSON.parse(stdout) as { alarms: { key: string; state: string }[] };
      return [code, ...alarms.map(({ key, state }) => `${key} ${state}`)];
    };
    expect((await cli(["run"])).code).toBe(EXIT.done);
    const fresh = { status: 200, body: readFileSync(join(folder, "public/status.json"), "utf8") };
    answer = fresh;
    expect(await found("2023-05-19T20:00:00Z")).toEqual([EXIT.done]);
    expect(await found("2023-05-20T20:00:00Z")).toEqual([EXIT.unreachable, "looks absent"]);
    answer = { status: 404 };
    expect(await found("2023-05-20T21:00:00Z")).toEqual([EXIT.unreachable, "site unreadable"]);
    for (const body of ["<html></html>", "{}", '{"formatVersion":"2.0"}']) {
      answer = { status: 200, body };
      expect(await found("2023-05-20T22:00:00Z"), body).toEqual([EXIT.unreachable, "site unreadable"]);
    }
    await new Promise((resolve) => site.server.close(resolve));
    site.server.closeAllConnections();
    expect(await found("2023-05-20T23:00:00Z")).toEqual([EXIT.unreachable, "site unreadable"]);
    const wrong = await cli(["watchdog", "--url", "ftp://example.com/"]);
    expect([wrong.code, wrong.stderr]).toEqual([EXIT.usage, expect.stringContaining("bad-url")]);
  });
});

/** A long-lived `run`, its lines as they come, and a way to wait for some of them. */
function longLived(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  let child: ChildProcess | undefined;
  let stderr = "";
  const result = runCli(["run", ...args], {
    cwd: folder,
    env: environment({ OFAC_LEDGER_NOW: "", ...more }),
    started: (process) => {
      child = process;
      process.stderr?.on("data", (part: Buffer) => {
        stderr += part.toString("utf8");
      });
    },
  });
  const until = async (pattern: RegExp) => {
    const deadline = Date.now() + 60_000;
    while (!pattern.test(stderr)) {
      if (Date.now() > deadline) throw new Error(`expected ${String(pattern)}, found:\n${stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { result, until, signal: (name: NodeJS.Signals) => child?.kill(name), stderr: () => stderr };
}

describe("run --every", () => {
  it("looks again and again, survives a round that fails, and stops with 0 when asked", async () => {
    now = new Date().toISOString();
    const long = longLived(["--every", "1s", "--log", "json"]);
    await long.until(/round 1: exit code 0/);
    ofac.misbehave({ kind: "status", status: 500 });
    await long.until(/exit code 3 .*1 in a row did not end well/);
    ofac.behave();
    long.signal("SIGTERM");
    const { code, stderr, stdout } = await long.result;
    expect([code, stdout.split("\n")[0]]).toEqual([EXIT.done, "20230519: baseline of 12 parties"]);
    const facts = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { time: string; level: string; code: string; message: string });
    expect(facts.every(({ time, level, code: of, message }) => time && level && of && message)).toBe(true);
    const rounds = facts.filter(({ code: of }) => of === "round").map(({ message }) => message);
    const turns = rounds
      .flatMap((message) => /next at (\S+)/.exec(message)?.[1] ?? [])
      .map((at) => Date.parse(at));
    // Always at the same distance from the first one, however long a round took.
    expect(new Set(turns.map((turn) => (turn - (turns[0] ?? 0)) % 1000))).toEqual(new Set([0]));
    expect((await cli(["verify"])).stdout).toMatch(/the ledger verifies\nthe evidence verifies\n$/);
  });

  it("stopped in the middle of a transfer leaves a ledger that verifies, and the next run does it", async () => {
    ofac.misbehave({ kind: "slow", chunkBytes: 64, pauseMs: 400, on: "SDN.XML" });
    now = new Date().toISOString();
    const long = longLived(["--every", "1h"], { OFAC_LEDGER__SOURCES__ATTEMPT_TIMEOUT_MS: "600000" });
    const asked = Date.now();
    while (!ofac.requests.some(({ path }) => path.includes("SDN.XML"))) {
      if (Date.now() - asked > 60_000) throw new Error("the list was never asked for");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    long.signal("SIGINT");
    const { code, stderr } = await long.result;
    expect(code).toBe(EXIT.done);
    expect(stderr).toMatch(/SIGINT: ends after the step that is under way/);
    expect(stderr).toMatch(/the step took too long and was abandoned/);
    ofac.behave();
    now = FIRST;
    expect((await cli(["run"])).code).toBe(EXIT.done);
    expect((await cli(["verify"])).code).toBe(EXIT.done);
  });

  it("ends at once while it waits, and at once when its settings are wrong", async () => {
    now = new Date().toISOString();
    const waiting = longLived(["--every", "1h"]);
    await waiting.until(/round 1: exit code 0/);
    const begun = Date.now();
    waiting.signal("SIGTERM");
    expect((await waiting.result).code).toBe(EXIT.done);
    expect(Date.now() - begun).toBeLessThan(5_000);
    const wrong = await longLived(["--every", "often"]).result;
    expect([wrong.code, wrong.stderr]).toEqual([EXIT.usage, expect.stringContaining("bad-period")]);
    const impolite = await runCli(["run", "--every", "1m"], { cwd: folder });
    expect([impolite.code, impolite.stderr]).toEqual([
      EXIT.usage,
      expect.stringContaining("OFAC's own servers"),
    ]);
  });
});

describe("what is kept beside the ledger", () => {
  it("lies in its folder, is told by status and published by build", async () => {
    await cli(["update"]);
    ofac.publish({
      id: 502,
      at: "2023-05-23T14:01:44Z",
      files: listFiles(["2023-05-23", [...SDN, ...entities([900])]]),
    });
    now = "2023-05-23T14:20:00Z";
    await cli(["update"]);
    now = "2023-05-23T14:22:00Z";
    expect((await cli(["mark", "committed"])).stdout).toBe(
      "sdn-20230523: committed at 2023-05-23T14:22:00Z\n",
    );
    expect((await cli(["mark", "deployed", "--at", "2023-05-23T14:24:30Z"])).code).toBe(EXIT.done);
    expect((await cli(["mark", "committed"])).stdout).toBe("nothing to mark\n");
    expect((await cli(["mark", "published"])).code).toBe(EXIT.usage);
    expect(existsSync(join(folder, "snapshots/checks"))).toBe(false);
    expect(existsSync(join(folder, "evidence/manifest.json"))).toBe(true);
    const { stdout } = await cli(["status"]);
    expect(stdout).toContain("latency 2023-05: published to deployed p50 23 min, p95 23 min (1 of 1)");
    expect(stdout).toContain(
      "looks 2023-05-23T14:20:00Z to 2023-05-23T14:20:00Z: 1, longest gap 5760 min; every source answered",
    );
    const facts = JSON.parse((await cli(["status", "--json"])).stdout);
    expect(facts).toMatchObject({
      behind: null,
      alarms: [],
      mail: { failed: 0 },
      latency: [{ month: "2023-05" }],
    });
    expect((await cli(["build"])).code).toBe(EXIT.done);
    const latency = JSON.parse(readFileSync(join(folder, "public/api/v1/latency.json"), "utf8"));
    expect(latency.publications[0]).toMatchObject({ id: "sdn-20230523", deployed: "2023-05-23T14:24:30Z" });
    expect(existsSync(join(folder, "public/api/v1/looks/2023-05.json"))).toBe(true);
    expect(readFileSync(join(folder, "public/status/index.html"), "utf8")).toContain("What we found when");
    writeFileSync(join(folder, "evidence/checks/sdn.json"), "{}\n");
    const broken = await cli(["verify"]);
    expect([broken.code, broken.stdout]).toEqual([
      EXIT.ledger,
      expect.stringContaining("evidence: checks/sdn.json: hash"),
    ]);
  });
});

describe("the command line's own complaints", () => {
  it("are JSON lines too, and its facts stay alone on standard output", async () => {
    const usage = await cli(["update", "--nonsense", "--log", "json"]);
    expect(usage.code).toBe(EXIT.usage);
    expect(
      usage.stderr
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).code),
    ).toEqual(["usage"]);
    const bad = await cli(["status"], { OFAC_LEDGER_LOG: "xml" });
    expect([bad.code, bad.stderr]).toEqual([
      EXIT.usage,
      expect.stringContaining("OFAC_LEDGER_LOG: expected text or json"),
    ]);
    const unknown = await cli(["status"], { OFAC_LEDGER_LOG: "json", OFAC_LEDGER__MAIL__HOST: "x" });
    expect(JSON.parse(unknown.stderr)).toMatchObject({ level: "error", code: "bad-config" });
    ofac.misbehave({ kind: "status", status: 503 });
    const failed = await cli(["update", "--json"], { OFAC_LEDGER_LOG: "json" });
    expect(failed.code).toBe(EXIT.unreachable);
    JSON.parse(failed.stdout);
    const levels = failed.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).level);
    expect(levels).toEqual(expect.arrayContaining(["info", "warning", "error"]));
  });
});
