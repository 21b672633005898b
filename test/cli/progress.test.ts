import { afterEach, describe, expect, it, vi } from "vitest";
import { terminalProgress } from "../../src/cli/terminal.ts";

/** What long work writes, on a terminal or elsewhere. */
function written(
  isTTY: boolean,
  steps: readonly (readonly [number, number, string])[],
  quiet = false,
): string {
  const parts: string[] = [];
  // A process that has been up for a while: within its first seconds there is no need of a plain line.
  vi.spyOn(performance, "now").mockReturnValue(60_000);
  const stream = { isTTY, columns: 60, write: (text: string) => parts.push(text) > 0 };
  // Of a stream, progress uses nothing else.
  const progress = terminalProgress(stream as unknown as NodeJS.WriteStream, quiet, (text) => text);
  for (const [done, total, label] of steps) progress.step(done, total, label);
  progress.end();
  return parts.join("");
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("progress", () => {
  it("is a bar on a terminal, redrawn in place and gone at the end", () => {
    const text = written(true, [[77, 308, "20220714T185056Z.SDN.CSV"]]);
    expect(text).toBe(`\r\u001b[2K█████░░░░░░░░░░░░░░░  25 % (77/308) 20220714T185056Z.SDN.CS\r\u001b[2K`);
  });

  it("is plain lines elsewhere, so many at the most that a log stays readable", () => {
    const text = written(false, [
      [1, 4, "a"],
      [2, 4, "b"],
    ]);
    expect(text).toBe(" 25 % (1/4) a\n");
  });

  it("has no bar where the end is not known, and says nothing when quiet", () => {
    expect(written(true, [[7, 0, "x"]])).toBe("\r\u001b[2K7 x\r\u001b[2K");
    expect(written(true, [[1, 2, "x"]], true)).toBe("");
  });
});
