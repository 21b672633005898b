import { expect } from "vitest";
import { type LooksFile, readLooks } from "../../src/app/evidence/looks.ts";
import { shapeFault } from "../../src/app/schema/guard.ts";
import { checkFiles } from "../../src/ledger/index.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { entities, listFiles, run, type World, world } from "./live.ts";

const HOUR = 3_600_000;
export const FIRST = "2023-05-01T14:20:00Z";
export const SDN = entities(run(101, 8));

export function hoursOn(hours: number, from = FIRST): string {
  return new Date(Date.parse(from) + hours * HOUR).toISOString().replace(".000Z", "Z");
}

/** A ledger that has begun, with a folder of its own for evidence. */
export async function begun(parties = SDN): Promise<World & { evidence: ReturnType<typeof memoryFiles> }> {
  const day = await world("in memory");
  day.ofac.publish({ id: 501, at: "2023-05-01T14:01:44Z", files: listFiles(["2023-05-01", parties]) });
  const evidence = memoryFiles();
  await day.look(FIRST, { evidence });
  return { ...day, evidence };
}

export function looksIn(evidence: ReturnType<typeof memoryFiles>): readonly LooksFile[] {
  expect(checkFiles(evidence, shapeFault).problems).toEqual([]);
  return readLooks(evidence);
}
