import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { EXIT, LedgerError } from "../domain/index.ts";
import { bootOf } from "./note-folder.ts";

/** A holder of another machine that has not shown itself for so long is taken to be gone, in milliseconds. */
const SILENCE_MS = 600_000;
const SIGN_OF_LIFE_MS = 30_000;

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Which process had that number: the machine's boot and the process's start, where they can be told. */
  readonly start: string | null;
  readonly released?: boolean;
}

/**
 * Takes a ledger's deliveries for this process alone. Tickets are numbered files: whoever makes the next number
 * after one that is released, or whose process is gone, has the lock. A number is made once only (link(2) does not
 * replace), and one that finds a higher number after making its own steps back, so two can never both go on.
 * @throws LedgerError `send-busy`, exit 7, while another process has it
 */
export function takeSendLock(ledger: string): () => Promise<void> {
  // Absolute: below a working directory that is gone, Node never comes back from making a relative folder.
  const folder = resolve(ledger, ".lock");
  mkdirSync(folder, { recursive: true });
  // Whatever repository the ledger lies in: a lock is of this machine.
  writeFileSync(join(folder, ".gitignore"), "*\n");
  const last = newest(folder);
  const holder = last === undefined ? undefined : readTicket(folder, last);
  if (last !== undefined && holder !== undefined && isAlive(folder, last, holder)) throw busy(holder);
  const mine = (last ?? 0) + 1;
  if (!makeTicket(folder, mine)) throw busy(readTicket(folder, mine));
  const highest = newest(folder) ?? mine;
  if (highest > mine) {
    rmSync(ticket(folder, mine), { force: true });
    throw busy(readTicket(folder, highest));
  }
  for (const old of tickets(folder)) if (old < mine) rmSync(ticket(folder, old), { force: true });
  const beat = setInterval(() => showLife(ticket(folder, mine)), SIGN_OF_LIFE_MS);
  beat.unref();
  return async () => {
    clearInterval(beat);
    // The number stays: if it went, a slow contender could make it anew beside a later holder's.
    writeFileSync(ticket(folder, mine), JSON.stringify({ ...own(), released: true }));
  };
}

function makeTicket(folder: string, number: number): boolean {
  const draft = join(folder, `draft-${process.pid}-${number}`);
  writeFileSync(draft, JSON.stringify(own()));
  try {
    linkSync(draft, ticket(folder, number));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function ticket(folder: string, number: number): string {
  return join(folder, `send-${number}.json`);
}

function tickets(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const number = /^send-(\d+)\.json$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function newest(folder: string): number | undefined {
  const all = tickets(folder);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** Undefined when it is gone or cut: nobody holds what nobody can read. */
function readTicket(folder: string, number: number): Holder | undefined {
  try {
    return JSON.parse(readFileSync(ticket(folder, number), "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(folder: string, number: number, holder: Holder): boolean {
  if (holder.released === true) return false;
  if (holder.host !== hostname()) return sinceLife(ticket(folder, number)) < SILENCE_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // Not permitted means that it is there.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return holder.start === startOf(holder.pid);
}

function sinceLife(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? Number.POSITIVE_INFINITY : Date.now() - stat.mtimeMs;
}

function showLife(path: string): void {
  const now = new Date();
  utimesSync(path, now, now);
}

function own(): Holder {
  return { pid: process.pid, host: hostname(), start: startOf(process.pid) };
}

/** Tells a process from a later one with the same number, where the system says when it began (Linux). */
function startOf(pid: number): string | null {
  const boot = bootOf();
  if (boot === undefined) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything. After it comes the state, and as the 20th field the start.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie is dead, though it keeps its number until somebody asks for its exit code.
    return fields[0] === "Z" ? "dead" : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}

function busy(holder: Holder | undefined): LedgerError {
  const who = holder === undefined ? "another process" : `process ${holder.pid} on ${holder.host}`;
  return new LedgerError(
    "send-busy",
    EXIT.mail,
    `Expected to be the only one that sends from this ledger, but ${who} is sending. Nothing was sent; what is due ` +
      "stays due for the next run.",
  );
}
