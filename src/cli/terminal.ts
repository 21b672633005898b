import pc from "picocolors";
import type { Progress } from "../app/index.ts";

/** Plain lines are printed at most this often, in milliseconds, so that a log stays readable. */
const LINE_EVERY_MS = 5_000;
/** A live line is redrawn at most this often, in milliseconds. */
const DRAW_EVERY_MS = 80;

/** Progress on standard error: one live line on a terminal, plain lines elsewhere, nothing when quiet. */
export function terminalProgress(
  stream: NodeJS.WriteStream,
  quiet: boolean,
  clean: (text: string) => string,
): Progress & { end(): void } {
  if (quiet) return { line: () => undefined, step: () => undefined, end: () => undefined };
  let last = 0;
  let live = false;
  const clear = () => {
    if (live) stream.write("\r\u001b[2K");
    live = false;
  };
  return {
    line: (text) => {
      clear();
      stream.write(`${pc.dim(clean(text))}\n`);
    },
    step: (done, total, label) => {
      const now = performance.now();
      if (now - last < (stream.isTTY ? DRAW_EVERY_MS : LINE_EVERY_MS)) return;
      last = now;
      const text = `${stream.isTTY ? bar(done, total) : ""}${share(done, total)} ${clean(label)}`;
      if (!stream.isTTY) stream.write(`${text}\n`);
      else {
        stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
        live = true;
      }
    },
    end: clear,
  };
}

/** So wide that a path still fits beside it. */
const BAR_CELLS = 20;

/** `█████░░░░░`; nothing where the end is not known. */
function bar(done: number, total: number): string {
  if (total <= 0) return "";
  const full = Math.min(BAR_CELLS, Math.floor((BAR_CELLS * done) / total));
  return `${"█".repeat(full)}${"░".repeat(BAR_CELLS - full)} `;
}

function share(done: number, total: number): string {
  if (total <= 0) return `${done}`;
  return `${String(Math.floor((100 * done) / total)).padStart(3)} % (${done}/${total})`;
}
