import { type LedgerFiles, nodeLedgerFiles } from "../app/index.ts";
import { EXIT, LedgerError } from "../domain/index.ts";
import { type Lock, type Taken, takeLock } from "./lock.ts";

/** A commit takes milliseconds, that of a whole history seconds. */
const COMMIT_WAIT_MS = 60_000;
const PAUSE_MS = 10;

/**
 * Takes a ledger's deliveries for this process alone.
 * @throws LedgerError `send-busy`, exit 7, while another process has it
 */
export function takeSendLock(ledger: string): () => Promise<void> {
  const lock = takeLock(ledger, "send");
  if (isLock(lock)) return async () => lock.release();
  throw new LedgerError(
    "send-busy",
    EXIT.mail,
    `Expected to be the only one that sends from this ledger, but ${nameOf(lock)} is sending. Nothing was sent; what is due ` +
      "stays due for the next run.",
  );
}

/**
 * Does what reads a ledger's heads and then continues them, for this process alone: two that go on from the same head
 * would each write its successor.
 * @throws LedgerError `ledger-busy`, exit 3, while another process has it
 */
export async function whileWriting<T>(ledger: string, work: () => Promise<T>): Promise<T> {
  const lock = takeLock(ledger, "write");
  if (!isLock(lock)) throw busy(ledger, lock);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/**
 * The ledger's folder, where one process at a time commits or clears up after a commit. Sending and verifying go on
 * beside an update; their commits wait for each other.
 */
export function sharedLedgerFiles(ledger: string): LedgerFiles {
  let held = false;
  return {
    ...nodeLedgerFiles(ledger),
    exclusively(work) {
      if (held) return work();
      const lock = waitFor(ledger);
      held = true;
      try {
        return work();
      } finally {
        held = false;
        lock?.release();
      }
    },
  };
}

/** Undefined where no lock can be made: who may not write here does not get in anybody's way. */
function waitFor(ledger: string): Lock | undefined {
  const until = Date.now() + COMMIT_WAIT_MS;
  for (;;) {
    const lock = lockWhereWritable(ledger);
    if (lock === undefined) return undefined;
    if (isLock(lock)) return lock;
    if (Date.now() > until) throw busy(ledger, lock);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function lockWhereWritable(ledger: string): Lock | Taken | undefined {
  try {
    return takeLock(ledger, "commit");
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

/** True where the system does not let this user write. */
export function isForbidden(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EACCES" || code === "EROFS" || code === "EPERM";
}

const isLock = (lock: Lock | Taken): lock is Lock => "release" in lock;

const nameOf = ({ by }: Taken): string =>
  by === null ? "another process" : `process ${by.pid} on ${by.host}`;

function busy(ledger: string, taken: Taken): LedgerError {
  return new LedgerError(
    "ledger-busy",
    EXIT.unreachable,
    `Expected to be the only one that writes ${ledger}, but ${nameOf(taken)} is writing it. Nothing was written; run ` +
      "this again when that has ended.",
  );
}
