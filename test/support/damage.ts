import { verifyLedger } from "../../src/app/verify.ts";
import { memoryFiles } from "./crashing-files.ts";

/** What befalls one file. */
export interface Damage {
  readonly file: string;
  readonly how: "flip" | "insert" | "delete" | "remove";
  readonly at: number;
  readonly value: number;
}

/** The part of a ledger a file belongs to; damage is drawn evenly over these. */
function partOf(path: string): string {
  if (path.includes("/records/")) return "record";
  if (path.includes("/parties/")) return "state";
  if (path.endsWith("/head.json")) return "head";
  if (path.endsWith("log.ndjson")) return "log";
  return path.includes("/") ? (path.split("/")[0] ?? path) : "manifest";
}

/** Numbers from 0 up to below 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One damage per trial, evenly over the parts of the ledger, then over their files. */
export function damages(content: ReadonlyMap<string, Uint8Array>, trials: number, seed: number): Damage[] {
  const roll = dice(seed);
  const below = (n: number) => Math.floor(roll() * n);
  const parts = [...new Set([...content.keys()].map(partOf))].sort();
  const kinds = ["flip", "insert", "delete", "remove"] as const;
  return Array.from({ length: trials }, (_, trial) => {
    const part = parts[trial % parts.length];
    const files = [...content.keys()].filter((path) => partOf(path) === part).sort();
    const file = files[below(files.length)] ?? "";
    const size = content.get(file)?.length ?? 0;
    return { file, how: kinds[below(8) % 4] ?? "flip", at: below(size), value: 1 + below(255) };
  });
}

/** The ledger with the damage done. */
export function damaged(content: ReadonlyMap<string, Uint8Array>, damage: Damage): Map<string, Uint8Array> {
  const copy = new Map(content);
  const bytes = content.get(damage.file);
  if (bytes === undefined) throw new Error(`no ${damage.file}`);
  if (damage.how === "remove") copy.delete(damage.file);
  else copy.set(damage.file, damagedBytes(bytes, damage));
  return copy;
}

function damagedBytes(bytes: Uint8Array, { how, at, value }: Damage): Uint8Array {
  if (how === "flip") return bytes.map((byte, i) => (i === at ? byte ^ value : byte));
  const head = bytes.subarray(0, at);
  if (how === "delete") return Buffer.concat([head, bytes.subarray(at + 1)]);
  return Buffer.concat([head, Uint8Array.of(value), bytes.subarray(at)]);
}

/** The files that `verify` names; empty when it finds nothing. */
export function blamed(content: ReadonlyMap<string, Uint8Array>): string[] {
  const { ok, problems } = verifyLedger(memoryFiles(new Map(content)), () => undefined);
  if (ok !== (problems.length === 0)) throw new Error("verdict and problems contradict each other");
  return [...new Set(problems.map((problem) => problem.file))];
}
