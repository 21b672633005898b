import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import nodemailer from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emlChannel, keyRing, type MailSettings, send, smtpChannel } from "../../src/notify/index.ts";
import { startSmtpStandIn } from "../support/smtp-stand-in.ts";
import { publication, SECRET, subscription } from "./composed.ts";
import { fileStore } from "./file-store.ts";
import { MemoryStore } from "./memory-store.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const READERS = 10_000;
const KILLS = 20;

let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "ofac-ledger-soak-"));
  const config = {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      rootDir: ROOT,
      outDir: join(work, "out"),
      typeRoots: [join(ROOT, "node_modules/@types")],
    },
    include: [],
    files: ["test/notify/soak-sender.ts", "test/notify/soak-server.ts"].map((path) => join(ROOT, path)),
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config));
  execFileSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", join(work, "tsconfig.json")]);
  writeFileSync(join(work, "out/package.json"), '{"type":"module"}');
  symlinkSync(join(ROOT, "node_modules"), join(work, "node_modules"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs the sender; kills it after some milliseconds, unless it is done by then. */
function sender(folder: string, port: number, readers: number, run: number, killAfter?: number) {
  const child = spawn(process.execPath, [
    join(work, "out/test/notify/soak-sender.js"),
    folder,
    String(port),
    String(readers),
    String(run),
  ]);
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  return new Promise<{ output: string; errors: string; signal: string | null }>((resolve) => {
    child.on("close", (_code, signal) => {
      clearTimeout(timer);
      resolve({ output, errors, signal });
    });
  });
}

describe("ten thousand readers", () => {
  it(`get one publication once, although the sender is killed ${KILLS} times at random`, async () => {
    const server = await startSmtpStandIn();
    const folder = join(work, "killed");
    mkdirSync(folder);
    let killed = 0;
    let run = 0;
    for (; killed < KILLS; run += 1) {
      const { signal, output, errors } = await sender(
        folder,
        server.port,
        READERS,
        run,
        400 + Math.random() * 1600,
      );
      expect(errors).toBe("");
      if (signal === "SIGKILL") killed += 1;
      else expect(JSON.parse(output)).toMatchObject({ failed: 0, left: 0 });
    }
    const last = await sender(folder, server.port, READERS, run);
    expect(last.errors).toBe("");
    const { results } = await (await fileStore(folder)).load();
    const unknown = results.flatMap(({ exceptions }) =>
      exceptions.filter(({ outcome }) => outcome === "unknown"),
    );
    const recipients = server.received.flatMap(({ to }) => to);
    const once = new Set(recipients);
    await server.close();
    process.stdout.write(
      `\nsoak: ${READERS} readers, ${killed} kills in ${run} runs: ${once.size} arrived, ${recipients.length - once.size} twice, ${unknown.length} reported unknown\n`,
    );
    expect(recipients.length - once.size, "nobody twice").toBe(0);
    expect(READERS - once.size, "nobody lost but those reported unknown").toBeLessThanOrEqual(unknown.length);
    expect(unknown.length).toBeLessThanOrEqual(KILLS * 25);
    const again = await sender(folder, server.port, READERS, run + 1);
    expect(JSON.parse(again.output)).toMatchObject({ sent: 0, failed: 0, unknown: 0 });
  });

  it("take hardly more memory than a thousand", async () => {
    const server = await startSmtpStandIn();
    const peaks = [];
    for (const readers of [1_000, READERS]) {
      const folder = join(work, `memory-${readers}`);
      mkdirSync(folder);
      const { output } = await sender(folder, server.port, readers, 0);
      const report = JSON.parse(output);
      expect(report.sent).toBe(readers);
      peaks.push(report.peakMegabytes);
      server.clear();
    }
    await server.close();
    const [few = 0, many = 0] = peaks;
    process.stdout.write(`\nsoak: peak memory ${few} MB for 1,000 readers, ${many} MB for ${READERS}\n`);
    expect(many).toBeLessThan(few * 2);
  });
});

describe("beside a bare nodemailer pool that sends the same bytes", () => {
  it("the whole of planning, recording, composing and sending is at least 0.7 times as fast", async () => {
    const count = 2_000;
    const child = spawn(process.execPath, [join(work, "out/test/notify/soak-server.js")]);
    const port = await new Promise<number>((resolve) => {
      child.stdout.once("data", (chunk) => resolve(Number(String(chunk))));
    });
    const keys = keyRing([SECRET]);
    const mail: MailSettings = {
      from: { name: "OFAC ledger", address: "digests@sender.test" },
      list: { name: "Digests", id: "digests.sender.test" },
      unsubscribe: { mailto: "leave@sender.test" },
    };
    const rows = Array.from(
      { length: 500 },
      (_, at) => `<tr><td style="padding:4px 8px">EXAMPLE TRADING ${at} → a.k.a. BEISPIEL</td></tr>`,
    ).join("\n");
    const base = {
      publications: [publication()],
      subscriptions: Array.from({ length: count }, (_, at) => subscription(`reader-${at}`)),
      keys,
      now: "2023-05-23T19:00:00Z",
      lookedAt: null,
      render: (_item: unknown, { unsubscribe }: { unsubscribe: readonly string[] }) => ({
        subject: "20230523: 500 entities added",
        preheader: "",
        text: `${rows}\n${unsubscribe.join("\n")}`,
        html: `<table>\n${rows}\n</table><p>${unsubscribe.join(" ")}</p>`,
      }),
      sleep: async () => {},
    };
    const files: Uint8Array[] = [];
    const folder = { write: async (_name: string, bytes: Uint8Array) => void files.push(bytes) };
    await send({ ...base, store: new MemoryStore(), channels: { mail: emlChannel(mail, folder, keys) } });
    let fastestBare = 0;
    let fastest = 0;
    for (let round = 0; round < 5; round += 1) {
      const pool = nodemailer.createTransport({
        pool: true,
        host: "127.0.0.1",
        port,
        ignoreTLS: true,
        maxConnections: 5,
      });
      const bareStart = performance.now();
      await Promise.all(
        files.map((raw, at) =>
          pool.sendMail({
            raw: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength),
            envelope: { from: "digests@sender.test", to: `reader-${at}@readers.test` },
          }),
        ),
      );
      const bare = (count * 1000) / (performance.now() - bareStart);
      pool.close();
      const channel = smtpChannel(mail, { host: "127.0.0.1", port, tls: "none" }, keys);
      const start = performance.now();
      const report = await send({ ...base, store: new MemoryStore(), channels: { mail: channel } });
      const ours = (count * 1000) / (performance.now() - start);
      await channel.close();
      expect(report.sent).toHaveLength(count);
      fastestBare = Math.max(fastestBare, bare);
      fastest = Math.max(fastest, ours);
    }
    child.kill();
    const ratio = fastest / fastestBare;
    process.stdout.write(
      `\nbench: ${Math.round(fastestBare)} messages a second bare, ${Math.round(fastest)} ours, ratio ${ratio.toFixed(2)} (${files[0]?.length} bytes each, fastest of five rounds)\n`,
    );
    expect(ratio).toBeGreaterThanOrEqual(0.7);
  });
});
