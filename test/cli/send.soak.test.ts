import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ResultBatch } from "../../src/notify/index.ts";
import { type CliResult, runCli } from "../support/cli.ts";
import { watchPeakMemory } from "../support/peak-memory.ts";
import { DELIVERY_SECRET, sendLedger, subscriptionsOf } from "../support/send-world.ts";
import { type SmtpStandIn, startSmtpStandIn } from "../support/smtp-stand-in.ts";

const READERS = 10_000;
const KILLS = 20;
const work = mkdtempSync(join(tmpdir(), "ofac-ledger-soak-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A folder with a composed ledger, a configuration and so many subscriptions to one publication. */
function office(name: string, readers: number, server: SmtpStandIn): string {
  const folder = join(work, name);
  const put = (path: string, content: Uint8Array | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, bytes] of sendLedger().content) put(`snapshots/${path}`, bytes);
  const entries = Array.from({ length: readers }, (_, at) => ({ id: `reader-${at}`, since: "2023-05-25" }));
  put("subscriptions.json", subscriptionsOf(...entries));
  const mail = {
    transport: "smtp",
    smtpHost: "127.0.0.1",
    smtpPort: server.port,
    tls: "none",
    from: "digests@sender.test",
    subscriptions: "subscriptions.json",
  };
  put("ofac-ledger.config.json", JSON.stringify({ site: { baseUrl: "https://ledger.test" }, mail }));
  return folder;
}

function send(
  folder: string,
  minute: number,
  started: (child: ChildProcess) => void = () => {},
  more: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const at = new Date(Date.parse("2023-05-26T12:00:00Z") + minute * 60_000).toISOString();
  const env = { OFAC_LEDGER_NOW: at, OFAC_LEDGER_DELIVERY_SECRETS: DELIVERY_SECRET, ...more };
  return runCli(["send", "--json", "--quiet"], { cwd: folder, env, started });
}

/** Counts who got mail; the mails themselves are let go. */
function counting(server: SmtpStandIn) {
  const recipients: string[] = [];
  const take = () => {
    for (const { to } of server.received) recipients.push(...to);
    server.clear();
  };
  const timer = setInterval(take, 100);
  return {
    recipients,
    all: () => recipients.length + server.received.length,
    end: () => {
      clearInterval(timer);
      take();
    },
  };
}

/** What the delivery ledger itself says is unknown. */
function unknownIn(folder: string): number {
  const root = join(folder, "snapshots/deliveries");
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith(".results.json"))
    .map((entry) => JSON.parse(readFileSync(join(entry.parentPath, entry.name), "utf8")) as ResultBatch)
    .flatMap(({ exceptions }) => exceptions.filter(({ outcome }) => outcome === "unknown")).length;
}

describe(`${READERS} subscriptions to one publication, sent by the command line`, () => {
  it(`arrive once, although it is killed ${KILLS} times at random`, async () => {
    const server = await startSmtpStandIn();
    const folder = office("killed", READERS, server);
    const count = counting(server);
    let killed = 0;
    let run = 0;
    for (; killed < KILLS; run += 1) {
      let timer: NodeJS.Timeout | undefined;
      // Counted in mails, so that a slow machine is killed while it sends, too, and not while it starts.
      const enough = count.all() + 1 + Math.floor(Math.random() * 900);
      const { code, stderr } = await send(folder, run, (child) => {
        timer = setInterval(() => count.all() >= enough && child.kill("SIGKILL"), 3);
      });
      clearInterval(timer);
      expect(stderr).toBe("");
      if (code === null) killed += 1;
    }
    const last = await send(folder, run);
    expect(last.stderr).toBe("");
    count.end();
    const { recipients } = count;
    const once = new Set(recipients).size;
    const unknown = unknownIn(folder);
    process.stdout.write(
      `\nsoak: ${READERS} subscriptions, ${killed} kills in ${run} runs of send: ${once} arrived, ` +
        `${recipients.length - once} twice, ${READERS - once} did not, ${unknown} reported unknown\n`,
    );
    expect(recipients.length - once, "nobody twice").toBe(0);
    expect(READERS - once, "nobody lost but those reported unknown").toBeLessThanOrEqual(unknown);
    expect(unknown).toBeLessThanOrEqual(KILLS * 25);
    const after = JSON.parse((await send(folder, run + 1)).stdout);
    expect(after).toMatchObject({ sent: [], failed: [], left: [], unknown: [] });
    const verified = await runCli(["verify"], { cwd: folder });
    expect(verified.code, verified.stdout).toBe(0);
    await server.close();
  });

  it("take hardly more memory than a thousand, in a heap of 64 MB", async () => {
    const peaks: number[] = [];
    for (const readers of [1_000, READERS]) {
      const server = await startSmtpStandIn();
      const folder = office(`memory-${readers}`, readers, server);
      const count = counting(server);
      let peak = () => 0;
      const started = performance.now();
      // Else the collector takes what it is given, and the peak tells nothing of what is needed.
      const done = await send(folder, 0, (child) => (peak = watchPeakMemory(child)), {
        NODE_OPTIONS: "--max-old-space-size=64",
      });
      const seconds = (performance.now() - started) / 1000;
      count.end();
      expect([done.code, done.stderr, count.recipients.length]).toEqual([0, "", readers]);
      peaks.push(peak());
      process.stdout.write(
        `\nsoak: ${readers} mails in ${seconds.toFixed(1)} s (${Math.round(readers / seconds)} a second), peak memory ${Math.round(peak())} MB\n`,
      );
      await server.close();
    }
    const [few = 0, many = 0] = peaks;
    expect(many).toBeLessThan(few * 1.6);
  });
});
