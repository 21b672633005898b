import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSigner } from "../../src/app/signature.ts";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { runCli } from "../support/cli.ts";
import { composeLedger } from "../support/composed-ledger.ts";
import { publishedApi } from "../support/published-site.ts";

const pair = generateKeyPairSync("ed25519");
const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-exchange-"));
const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), "utf8");

beforeAll(() => {
  const signer = createSigner(pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString());
  const files = nodeLedgerFiles(at("ledger"));
  composeLedger(files, { sign: signer.sign });
  const site = nodeLedgerFiles(at("site"));
  for (const [path, bytes] of publishedApi(files)) site.write(path, bytes);
  writeFileSync(at("public.pem"), pair.publicKey.export({ format: "pem", type: "spki" }).toString());
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runCli([...args, "--ledger", at("ledger"), "--quiet"]);

describe("a state and a change set that were handed out", () => {
  it("lead on and back with apply and revert", async () => {
    const steps = [
      await run("export", "--at", "2023-05-19", "--out", at("old.ndjson")),
      await run("export", "--at", "sdn-20230525", "--out", at("new.ndjson")),
      await run("compose", "2023-05-19", "sdn-20230525", "--out", at("changes.json")),
      await run("apply", at("old.ndjson"), at("changes.json"), "--out", at("applied.ndjson")),
      await run("revert", at("new.ndjson"), at("changes.json"), "--out", at("reverted.ndjson")),
    ];
    expect(steps.map(({ code, stderr }) => [code, stderr])).toEqual(steps.map(() => [0, ""]));
    expect(read("applied.ndjson")).toBe(read("new.ndjson"));
    expect(read("reverted.ndjson")).toBe(read("old.ndjson"));
    expect(JSON.parse(read("changes.json"))).toMatchObject({ records: ["sdn-20230523", "sdn-20230525"] });
    const wrong = await run("apply", at("new.ndjson"), at("changes.json"));
    expect([wrong.code, wrong.stdout]).toEqual([8, ""]);
    expect(wrong.stderr).toMatch(/state-mismatch/);
  });

  it("go to standard output as they are, or as CSV or text for people", async () => {
    const plain = await run("export", "--at", "2023-05-19");
    expect(plain.stdout).toBe(read("old.ndjson"));
    const csv = await run("export", "--at", "2023-05-19", "--format", "csv");
    expect(csv.stdout.split("\r\n")).toHaveLength(8);
    const text = await run("compose", "2023-05-19", "2023-05-23", "--format", "text");
    expect(text.stdout).toContain("+ 43336 PYONGYANG UNIVERSITY OF AUTOMATION (entity)");
    expect((await run("diff", "2023-05-19", "2023-05-23", "--format", "headline")).stdout).toBe(
      "20230523: 4 entities, 1 individual added\n",
    );
  });

  it.each([
    ["a date before the ledger", ["export", "--at", "1999-01-01"], 2],
    ["no such publication", ["compose", "sdn-20230523", "sdn-20230524"], 2],
    ["no such file", ["apply", "/nowhere", "/nowhere"], 2],
    ["nothing that is a state", ["apply", "PUBLIC", "PUBLIC"], 4],
    ["a state without a publication", ["verify", "--state", "PUBLIC"], 2],
    ["a key that is none", ["verify", "--key", "LEDGER_MANIFEST"], 2],
  ] as const)("are refused: %s", async (_, args, code) => {
    const places: Record<string, string> = {
      PUBLIC: at("public.pem"),
      LEDGER_MANIFEST: at("ledger/manifest.json"),
    };
    const found = await run(...args.map((arg) => places[arg] ?? arg));
    expect([found.code, found.stdout]).toEqual([code, ""]);
    expect(found.stderr).toMatch(/^error [a-z0-9-]+: /);
  });
});

describe("verify", () => {
  it("proves the ledger and a copy of it under a key", async () => {
    const own = await run("verify", "--key", at("public.pem"));
    expect(own.stdout).toMatch(/6 signatures, 6 valid under a key that was given\nthe ledger verifies\n$/);
    const copy = await runCli(["verify", "--api", at("site/api/v1"), "--key", at("public.pem"), "--quiet"]);
    expect(copy.stdout).toMatch(
      /4 of 4 records are as the index says\n6 valid signatures\nthe copy verifies\n$/,
    );
  });

  it("holds one state file against one publication, and says what differs", async () => {
    const right = await run("verify", "--state", at("old.ndjson"), "--publication", "2023-05-19");
    expect([right.code, right.stdout]).toEqual([
      0,
      expect.stringMatching(/^the state is that of sdn-20230519: 6 parties/),
    ]);
    const wrong = await run("verify", "--state", at("old.ndjson"), "--publication", "sdn-20230523");
    expect(wrong.code).toBe(8);
    expect(wrong.stdout).toContain("5 missing: 43336, 43337, 43338, 43377, 43379");
  });
});
