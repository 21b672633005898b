import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/** Watches a child's peak resident memory (Linux: VmHWM), in megabytes. */
export function watchPeakMemory(child: ChildProcess): () => number {
  let peak = 0;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // The child has ended; what was seen last stands.
    }
  };
  const timer = setInterval(look, 20);
  child.on("exit", () => clearInterval(timer));
  return () => peak;
}
