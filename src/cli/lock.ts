import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
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

/** A lock that this process has. */
export interface Lock {
  /** Gives it back. */
  release(): void;
}

/** Who has the lock that was wanted; null where that could not be read. */
export type Taken = { readonly by: Pick<Holder, "pid" | "host"> | null };

/**
 * Takes a lock of a ledger for this process alone. Tickets are numbered files: whoever makes the next number after one
 * that is released, or whose process is gone, has the lock. A number is made once only (link(2) does not replace), and
 * one that finds a higher number after making its own steps back, so two can never both go on.
 * @param ledger its folder; made where there is none
 */
export function takeLock(ledger: string, name: string): Lock | Taken {
  // Absolute: below a working directory that is gone, Node never comes back from making a relative folder.
  const place: Place = { folder: resolve(ledger, ".lock"), name };
  const first = mkdirSync(place.folder, { recursive: true });
  try {
    return takeTicket(place, first);
  } catch (error) {
    // Whoever had it first took the folder away in between.
    if (codeOf(error) === "ENOENT") return { by: null };
    throw error;
  }
}

/** @param first the first folder that had to be made; undefined where tickets may have been before */
function takeTicket(place: Place, first: string | undefined): Lock | Taken {
  // Whatever repository the ledger lies in: a lock is of this machine.
  writeFileSync(join(place.folder, ".gitignore"), "*\n");
  const last = newest(place);
  const holder = last === undefined ? undefined : readTicket(place, last);
  if (last !== undefined && holder !== undefined && isAlive(place, last, holder)) return { by: holder };
  const mine = (last ?? 0) + 1;
  if (!makeTicket(place, mine)) return { by: readTicket(place, mine) ?? null };
  const highest = newest(place) ?? mine;
  if (highest > mine) {
    rmSync(ticket(place, mine), { force: true });
    return { by: readTicket(place, highest) ?? null };
  }
  for (const old of tickets(place)) if (old < mine) rmSync(ticket(place, old), { force: true });
  const beat = setInterval(() => showLife(ticket(place, mine)), SIGN_OF_LIFE_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (mine === 1) return takeAway(place, first);
      // The number stays: if it went, a slow contender could make it anew beside a later holder's.
      writeFileSync(ticket(place, mine), JSON.stringify({ ...own(), released: true }));
    },
  };
}

/**
 * Leaves nothing behind. The first ticket follows none that a slow contender could go on from: whoever wants the lock
 * after it has to make number 1 again, and only one can.
 */
function takeAway(place: Place, first: string | undefined): void {
  rmSync(ticket(place, 1), { force: true });
  if (readdirSync(place.folder).length > 1) return;
  rmSync(join(place.folder, ".gitignore"), { force: true });
  const ledgerToo = first !== undefined && first !== place.folder;
  for (const folder of [place.folder, ...(ledgerToo ? [dirname(place.folder)] : [])]) {
    try {
      rmdirSync(folder);
    } catch (error) {
      // Something came to be in it, or another took it away.
      if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(error))) return;
      throw error;
    }
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** Where tickets of one lock lie, and how they are called. */
interface Place {
  readonly folder: string;
  readonly name: string;
}

function makeTicket(place: Place, number: number): boolean {
  const draft = join(place.folder, `draft-${place.name}-${process.pid}-${number}`);
  writeFileSync(draft, JSON.stringify(own()));
  try {
    linkSync(draft, ticket(place, number));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function ticket(place: Place, number: number): string {
  return join(place.folder, `${place.name}-${number}.json`);
}

function tickets(place: Place): number[] {
  const prefix = `${place.name}-`;
  return readdirSync(place.folder).flatMap((name) => {
    const number = name.startsWith(prefix) ? /^(\d+)\.json$/.exec(name.slice(prefix.length))?.[1] : undefined;
    return number === undefined ? [] : [Number(number)];
  });
}

function newest(place: Place): number | undefined {
  const all = tickets(place);
  return all.length === 0 ? undefined : Math.max(...all);
}

/** Undefined when it is gone or cut: nobody holds what nobody can read. */
function readTicket(place: Place, number: number): Holder | undefined {
  try {
    return JSON.parse(readFileSync(ticket(place, number), "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(place: Place, number: number, holder: Holder): boolean {
  if (holder.released === true) return false;
  if (holder.host !== hostname()) return sinceLife(ticket(place, number)) < SILENCE_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // Not permitted means that it is there.
    if (codeOf(error) !== "EPERM") return false;
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
