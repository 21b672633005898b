import type { WatchMemory } from "../watchdog/memory.ts";
import { check } from "./check-watch-memory.ts";

/** True for a memory as the watchdog writes it. */
export function isWatchMemory(value: unknown): value is WatchMemory {
  return check.fits(value);
}
