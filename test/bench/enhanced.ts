import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fullSizeEnhanced } from "../support/full-size.ts";
import { runLedger } from "./cli.ts";
import type { Run } from "./measure.ts";
import type { Bench } from "./row.ts";

const SEGMENT = "bench";

/** Size of the list of today: parties, and bytes of its Enhanced file. */
export const FULL_SIZE = { parties: 19_000, bytes: 140_000_000 };

/** How the next publication differs from the first. */
export type Next = "40 changed" | "40 changed, 40 % re-ordered inside";

/** Two publications of an Enhanced list as files on disk, and the ledger with the first of them. */
export interface EnhancedPair {
  readonly first: string;
  readonly next: string;
}

/** The files of a pair, written once. */
export function enhancedPair(
  bench: Bench,
  size: { parties: number; bytes: number },
  how: Next,
): EnhancedPair {
  const first = join(bench.work, `${size.parties}.SDN_ENHANCED.XML`);
  const next = join(bench.work, `${size.parties}-${how.length}.SDN_ENHANCED.XML`);
  if (!existsSync(first)) {
    bench.say(`  composing ${size.parties} parties out of OFAC's own`);
    writeFileSync(first, fullSizeEnhanced({ ...size, date: "2025-01-10" }));
  }
  if (!existsSync(next)) {
    const every = Math.floor(size.parties / 40);
    const changed = (index: number) => index % every === 0 && index < every * 40;
    const shuffled = (index: number) => how !== "40 changed" && index % 5 < 2;
    writeFileSync(
      next,
      fullSizeEnhanced({
        ...size,
        date: "2025-01-13",
        edit: (entity, index) => {
          const text = changed(index) ? renamed(entity) : entity;
          return shuffled(index) ? reordered(text) : text;
        },
      }),
    );
  }
  return { first, next };
}

function renamed(entity: string): string {
  return entity.replace("<formattedLastName>", "<formattedLastName>CHANGED ");
}

/** The same entity with its features, addresses and documents the other way round, as OFAC's export has done. */
function reordered(entity: string): string {
  return ["feature", "address", "identityDocument", "name"].reduce(
    (text, tag) =>
      text.replace(new RegExp(`(?:\\s*<${tag} id="\\d+">[\\s\\S]*?</${tag}>)+`, "g"), (children) =>
        (children.match(new RegExp(`\\s*<${tag} id="\\d+">[\\s\\S]*?</${tag}>`, "g")) ?? [])
          .toReversed()
          .join(""),
      ),
    entity,
  );
}

/** Reads a list from disk into a ledger, as a whole process; the digest cache lies in `home`. */
export function importInto(home: string, path: string): Promise<Run> {
  mkdirSync(home, { recursive: true });
  const args = ["import", path, "--segment", SEGMENT, "--list", "sdn", "--quiet", "--json"];
  return runLedger([...args, "--ledger", join(home, "ledger")], { cwd: home });
}

/** A folder with the ledger and cache that the first publication leaves; made once for each size. */
export async function afterFirst(first: string): Promise<string> {
  const home = `${first}.home`;
  if (!existsSync(home)) requireOutcome(await importInto(home, first), "baseline");
  return home;
}

/** A fresh copy of a folder, for a run that changes it. */
export function copyOf(home: string): string {
  const copy = `${home}.copy`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(home, copy, { recursive: true });
  return copy;
}

/** What became of the one file; a wrong outcome would make a wrong measurement. */
export function requireOutcome(run: Run, outcome: string, changed?: number): Run {
  const report: { files: { outcome: string; headline?: string }[] } = JSON.parse(run.stdout);
  const [file] = report.files;
  const counted = [...(file?.headline ?? "").matchAll(/(\d+) (?!parties)/g)].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
  if (file?.outcome !== outcome || (changed !== undefined && counted !== changed)) {
    throw new Error(
      `expected ${outcome}${changed === undefined ? "" : ` of ${changed} changes`}, found ${run.stdout}`,
    );
  }
  return run;
}
