import { describe, expect, it } from "vitest";
import { type NoteFolder, type SendReport, verifyLedger } from "../../src/app/index.ts";
import type { LedgerFiles } from "../../src/ledger/index.ts";
import type { memoryFiles } from "../support/crashing-files.ts";
import { memoryNotes } from "../support/memory-notes.ts";
import { sendLedger, sendOnce, subscriptionsOf } from "../support/send-world.ts";

type Moment = "before" | "within" | "after";

/** What a machine keeps over the death of a process: the ledger, the notes, and the mail that has left. */
interface Machine {
  readonly files: ReturnType<typeof memoryFiles>;
  readonly notes: NoteFolder;
  readonly arrived: string[];
}

function machine(): Machine {
  return { files: sendLedger(), notes: memoryNotes(), arrived: [] };
}

/** A process on a machine that dies before, within or after its n-th effect; nothing it does later has any. */
function mortal({ files, notes, arrived }: Machine, dieAt?: number, moment: Moment = "before") {
  let effects = 0;
  let dead = false;
  function effect(whole: () => void, half: () => void = () => {}): void {
    if (dead) throw new Error("no process");
    effects += 1;
    const here = effects === dieAt;
    if (here) dead = true;
    if (here && moment === "within") half();
    else if (!here || moment === "after") whole();
    if (here) throw new Error("killed");
  }
  const cut = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length / 2));
  const mortalFiles: LedgerFiles = {
    read: files.read,
    list: files.list,
    write: (path, bytes) =>
      effect(
        () => files.write(path, bytes),
        () => files.write(path, cut(bytes)),
      ),
    rename: (from, to) => effect(() => files.rename(from, to)),
    remove: (path) => effect(() => files.remove(path)),
  };
  const mortalNotes: NoteFolder = {
    boot: notes.boot,
    read: notes.read,
    append: (path, bytes) =>
      effect(
        () => notes.append(path, bytes),
        () => notes.append(path, cut(bytes)),
      ),
    remove: (path) => effect(() => notes.remove(path)),
  };
  return {
    effects: () => effects,
    run: (day: number, more: { resendUnknown?: boolean } = {}): Promise<SendReport> =>
      sendOnce({
        files: mortalFiles,
        notes: mortalNotes,
        subscriptions: READERS,
        now: `2023-05-${26 + day}T12:00:00Z`,
        eml: (name) => effect(() => void arrived.push(name)),
        ...more,
      }),
  };
}

const READERS = subscriptionsOf({ id: "ada" }, { id: "ben" });
const MESSAGES = 4;

function named({ unknown }: SendReport): number {
  return unknown.length;
}

describe("a small send through the app, killed at every effect of ledger, notes and mail", () => {
  it("loses nothing, sends nothing twice but what is asked for, and leaves a ledger that verifies", async () => {
    const calm = machine();
    const undisturbed = mortal(calm);
    await undisturbed.run(1);
    expect(calm.arrived).toHaveLength(MESSAGES);
    const all = [...calm.arrived].sort();
    const effects = undisturbed.effects();
    expect(effects).toBeGreaterThan(20);
    let unknownInAll = 0;
    for (let at = 1; at <= effects; at += 1) {
      for (const moment of ["before", "within", "after"] as const) {
        const where = `${moment} effect ${at} of ${effects}`;
        const world = machine();
        await expect(mortal(world, at, moment).run(1), where).rejects.toThrow();
        const report = await mortal(world).run(2);
        expect(verifyLedger(world.files, () => undefined).ok, `${where}: verifies`).toBe(true);
        expect(new Set(world.arrived).size, `${where}: nothing twice`).toBe(world.arrived.length);
        const missing = all.filter((name) => !world.arrived.includes(name));
        expect(missing.length, `${where}: what is missing is reported`).toBeLessThanOrEqual(named(report));
        const third = await mortal(world).run(3);
        expect([third.sent, third.unknown], `${where}: settled`).toEqual([[], []]);
        unknownInAll += named(report);
        if (named(report) > 0) {
          await mortal(world).run(4, { resendUnknown: true });
          expect([...new Set(world.arrived)].sort(), `${where}: all there when asked for`).toEqual(all);
        }
      }
    }
    process.stdout.write(
      `\n${effects * 3} crashes in ${effects} effects: ${unknownInAll} reported as unknown\n`,
    );
    // Had nothing been unknown ever, the crashes would not have hit what they were to hit.
    expect(unknownInAll).toBeGreaterThan(0);
  });
});
