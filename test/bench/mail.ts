import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { nodeLedgerFiles } from "../../src/app/index.ts";
import { nodeNoteFolder } from "../../src/cli/note-folder.ts";
import { PROJECT_ROOT } from "../support/project-root.ts";
import { busyLedger, sendOnce, subscriptionsOf } from "../support/send-world.ts";

/** What sending costs beside the least it could cost. */
export interface MailBench {
  readonly name: string;
  /** Messages a second: planned, recorded on disk before and after, composed and handed over. */
  readonly ours: number;
  /** Messages a second of a bare nodemailer pool that sends the same bytes. */
  readonly baseline: number;
  readonly ratio: number;
  readonly unit: "messages/s";
  /** Bytes of one message. */
  readonly bytes: number;
}

const FROM = "digests@sender.test";
/** Parties that the publication adds: a busy day, whose digest is some 60 kB. */
const ADDED = 40;
/** Connections of both. */
const CONNECTIONS = 5;

/**
 * Sends the same messages to a loopback server, in turns by a bare pool and by the whole of `send` on a ledger on
 * disk, and takes the fastest turn of each.
 */
export async function mailBench({ readers = 5_000, rounds = 3 } = {}): Promise<MailBench> {
  const work = mkdtempSync(join(tmpdir(), "ofac-ledger-bench-mail-"));
  const server = await startServer();
  const ledger = busyLedger(ADDED);
  const subscriptions = subscriptionsOf(
    ...Array.from({ length: readers }, (_, at) => ({ id: `reader-${at}`, since: "2023-05-23" })),
  );
  try {
    const messages: Uint8Array[] = [];
    await sendOnce({
      files: busyLedger(ADDED),
      subscriptions,
      mail: { from: FROM },
      eml: (_, bytes) => void messages.push(bytes),
    });
    let ours = 0;
    let baseline = 0;
    for (let round = 0; round < rounds; round += 1) {
      baseline = Math.max(baseline, perSecond(readers, await timed(() => bare(messages, server.port))));
      const files = nodeLedgerFiles(join(work, `ledger-${round}`));
      for (const [path, bytes] of ledger.content) files.write(path, bytes);
      const mail = {
        transport: "smtp",
        smtpHost: "127.0.0.1",
        smtpPort: server.port,
        tls: "none",
        from: FROM,
        connections: CONNECTIONS,
      } as const;
      const notes = nodeNoteFolder(join(work, `notes-${round}`));
      const milliseconds = await timed(async () => {
        const report = await sendOnce({ files, notes, subscriptions, mail });
        if (report.sent.length !== readers)
          throw new Error(`expected ${readers} sent, found ${report.sent.length}`);
      });
      ours = Math.max(ours, perSecond(readers, milliseconds));
    }
    return {
      name: `${readers} digests over SMTP`,
      ours,
      baseline,
      ratio: ours / baseline,
      unit: "messages/s",
      bytes: messages[0]?.length ?? 0,
    };
  } finally {
    server.child.kill();
    rmSync(work, { recursive: true, force: true });
  }
}

async function bare(messages: readonly Uint8Array[], port: number): Promise<void> {
  const pool = nodemailer.createTransport({
    pool: true,
    host: "127.0.0.1",
    port,
    ignoreTLS: true,
    maxConnections: CONNECTIONS,
  });
  await Promise.all(
    messages.map((raw, at) =>
      pool.sendMail({
        raw: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength),
        envelope: { from: FROM, to: `reader-${at}@readers.test` },
      }),
    ),
  );
  pool.close();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function perSecond(count: number, milliseconds: number): number {
  return (count * 1000) / milliseconds;
}

/** A process of its own, so that its work is not counted as the sender's. */
const SERVER = `
import { SMTPServer } from "smtp-server";
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.resume();
    stream.on("end", () => done(null, "taken"));
  },
});
server.on("error", () => {});
const listening = server.listen(0, "127.0.0.1");
listening.once("listening", () => process.stdout.write(String(listening.address().port)));
`;

function startServer(): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", SERVER], {
    cwd: PROJECT_ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout.once("data", (chunk) => resolve({ child, port: Number(String(chunk)) }));
  });
}
