import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireApart } from "../../src/cli/places.ts";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { runCli } from "../support/cli.ts";
import { composeLedger } from "../support/composed-ledger.ts";

const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-places-"));
const at = (name: string) => join(folder, name);
beforeAll(() => {
  composeLedger(nodeLedgerFiles(at("ledger")));
  mkdirSync(at("empty"));
  symlinkSync(at("ledger"), at("link"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runCli([...args, "--quiet"], { cwd: folder });
const names = () => readdirSync(folder, { recursive: true }).map(String).sort();

describe("a value that is empty, as of a variable nobody set,", () => {
  it.each([
    ["build", "--out", "", "--ledger", "ledger"],
    ["build", "--out=", "--ledger", "ledger"],
    ["build", "--out", " ", "--ledger", "ledger"],
    ["log", "--ledger", ""],
    ["log", "--config", "", "--ledger", "ledger"],
    ["run", "--keep-raw", "", "--ledger", "ledger"],
    ["export", "--at", "2023-05-23", "--out", "", "--ledger", "ledger"],
    ["watchdog", "--state", "", "--ledger", "ledger"],
    ["watchdog", "--issues", "", "--ledger", "ledger"],
    ["verify", "--key", "", "--ledger", "ledger"],
    ["import", "", "--ledger", "ledger"],
    ["show", "", "--ledger", "ledger"],
  ])("is a usage error: %s %s %j", async (...args) => {
    const before = names();
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^error empty-value: (--[a-z-]+|<[a-z|]+>): expected a value, found an empty text/,
    );
    expect(names()).toEqual(before);
  });
});

describe("the folder of the site", () => {
  it.each(["ledger", "ledger/site", ".", "link", "link/site", "ledger/../ledger"])(
    "is never the ledger's, nor in it, nor around it: %s",
    async (out) => {
      const before = names();
      for (const command of ["build", "run"]) {
        const { code, stdout, stderr } = await run(command, "--out", out, "--ledger", "ledger");
        expect([code, stdout, stderr]).toEqual([
          2,
          "",
          expect.stringMatching(/^error mixed-folders: --out: /),
        ]);
      }
      expect(names()).toEqual(before);
    },
  );

  it("may lie beside it, whatever its name begins with", () => {
    for (const out of ["ledger2", "public", "..ledger", "other/ledger"]) {
      expect(() => requireApart(at(out), at("ledger"))).not.toThrow();
    }
  });
});

describe("a ledger that is not there", () => {
  it("leaves a published site as it is", async () => {
    expect((await run("build", "--out", "public", "--ledger", "ledger")).code).toBe(0);
    const before = names();
    const mistyped = await run("build", "--out", "public", "--ledger", "legder");
    expect([mistyped.code, mistyped.stdout]).toEqual([2, ""]);
    expect(mistyped.stderr).toMatch(
      /^error no-ledger: --ledger: expected the folder of a ledger, found nothing at legder/,
    );
    const empty = await run("build", "--out", "public", "--ledger", "empty");
    expect([empty.code, empty.stdout]).toEqual([2, ""]);
    expect(empty.stderr).toMatch(/^error no-records: .*Nothing was touched/);
    expect(names()).toEqual(before);
    expect(readFileSync(at("public/index.html"), "utf8")).toContain("<html");
  });

  it.each([
    ["log"],
    ["status"],
    ["send", "--dry-run"],
    ["send"],
    ["mark", "committed"],
    ["show", "sdn-20230523"],
    ["export", "--at", "2023-05-23"],
    ["compose", "2023-05-19", "2023-05-23"],
    ["diff", "2023-05-19", "2023-05-23"],
    ["preview"],
    ["reconcile", "sdn-20230523"],
    ["correct", "sdn-20230523", "--reason", "x"],
    ["reinterpret"],
  ])("ends %s with exit code 2", async (...args) => {
    const { code, stdout, stderr } = await run(...args, "--ledger", "legder");
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(/^error no-ledger: /)]);
    expect(existsSync(at("legder"))).toBe(false);
  });

  it("is an alarm of the watchdog, which is told before it ends with exit code 2", async () => {
    const { code, stdout, stderr } = await run("watchdog", "--ledger", "legder", "--issues", "issues.json");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error no-ledger: /)]);
    expect(stdout).toMatch(/\[looks, absent\]/);
    expect(readFileSync(at("issues.json"), "utf8")).toContain("looks");
    expect(existsSync(at("legder"))).toBe(false);
  });

  it("is something else than one without records, and than a file", async () => {
    for (const command of ["log", "status"]) {
      expect((await run(command, "--ledger", "empty")).code, command).toBe(0);
    }
    writeFileSync(at("file"), "");
    const file = await run("log", "--ledger", "file");
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining("found no folder at file")]);
  });
});

describe("options that would do nothing are refused:", () => {
  const of = (...args: string[]) => run(...args, "--ledger", "ledger");
  it.each([
    ["diff", "2023-05-19", "2023-05-23", "--date", "garbage"],
    ["diff", "2023-05-19", "2023-05-23", "--date", "2023-05-23"],
    ["diff", "file-a", "file-b", "--segment", "live"],
    ["export", "--at", "2023-05-23", "--format", "csv", "--json"],
    ["compose", "2023-05-19", "2023-05-23", "--format", "text", "--json"],
    ["diff", "2023-05-19", "2023-05-23", "--format", "md", "--json"],
  ])("%s %s %s %s %s %s", async (...args) => {
    const { code, stdout, stderr } = await of(...args);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(/^error bad-options: /)]);
  });

  it("--json beside a format is well where it is JSON, or where the data go to a file", async () => {
    const csv = await of("export", "--at", "2023-05-23", "--format", "csv", "--json", "--out", "a.csv");
    expect([csv.code, JSON.parse(csv.stdout)]).toMatchObject([0, { out: "a.csv", id: "sdn-20230523" }]);
    const json = await of("diff", "2023-05-19", "2023-05-23", "--format", "json", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: "publication" });
    const text = await of("diff", "2023-05-19", "2023-05-23", "--json");
    expect(text.stdout).toBe(json.stdout);
  });

  it("log names the segments there are, and takes programs in any case", async () => {
    const wrong = await of("log", "--segment", "nosuch");
    expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
    expect(wrong.stderr).toMatch(/^error no-such-segment: --segment: expected one of live, found "nosuch"/);
    const upper = await of("log", "--program", "DPRK2");
    expect(upper.stdout).not.toBe("");
    expect((await of("log", "--program", "dprk2")).stdout).toBe(upper.stdout);
    expect((await of("log", "--segment", "live")).code).toBe(0);
  });

  it("send says at once that its script is not there", async () => {
    const { code, stderr } = await of("send", "--durable-by", "nope.js");
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error no-such-file: --durable-by: .* nope\.js/),
    ]);
  });

  it("preview tells a publication once that is named twice", async () => {
    const { code, stdout } = await of("preview", "sdn-20230523", "sdn-20230523", "--out", "a.txt", "--json");
    expect([code, JSON.parse(stdout).publications]).toEqual([0, ["sdn-20230523"]]);
  });
});
