import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { sendLedger } from "../support/send-world.ts";

const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-preview-"));
const ledger = join(folder, "snapshots");
for (const [path, bytes] of sendLedger().content) {
  mkdirSync(dirname(join(ledger, path)), { recursive: true });
  writeFileSync(join(ledger, path), bytes);
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("preview", () => {
  it("writes a digest to a file, in another language where asked", async () => {
    const out = join(folder, "digest.txt");
    const args = ["preview", "sdn-20230525", "--ledger", ledger, "--language", "de", "--out", out, "--json"];
    const { code, stdout, stderr } = await runCli(args, { cwd: folder });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ publications: ["sdn-20230525"], out });
    expect(readFileSync(out, "utf8")).toContain("Eine Streichung ist keine Anweisung zur Freigabe");
  });

  it("refuses a file that is no part of a mail", async () => {
    const { code, stderr } = await runCli(["preview", "--ledger", ledger, "--out", join(folder, "x.pdf")], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(".html, .txt or .eml");
  });

  it("serves the parts of the message on a loopback address until it is asked to stop", async () => {
    let answers: Promise<readonly Response[]> = Promise.resolve([]);
    const { code } = await runCli(["preview", "--ledger", ledger], {
      cwd: folder,
      started: (child) => {
        child.stdout?.once("data", (text: Buffer) => {
          const url = /http:\/\/127\.0\.0\.1:\d+\//u.exec(String(text))?.[0] ?? "";
          answers = Promise.all(["", "text", "eml", "other"].map((path) => fetch(`${url}${path}`))).finally(
            () => child.kill("SIGTERM"),
          );
        });
      },
    });
    const told = (await answers).map(({ status, headers }) => [status, headers.get("content-type")]);
    expect(told).toEqual([
      [200, "text/html; charset=utf-8"],
      [200, "text/plain; charset=utf-8"],
      [200, "message/rfc822"],
      [404, "text/plain; charset=utf-8"],
    ]);
    expect(code).toBe(0);
  });
});
