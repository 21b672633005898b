import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { CAPTURES } from "../support/captures.ts";
import { runCli } from "../support/cli.ts";
import { composeLedger } from "../support/composed-ledger.ts";
import { publishedApi } from "../support/published-site.ts";
import { DELIVERY_SECRET, sendLedger, subscriptionsOf } from "../support/send-world.ts";

const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-verify-"));
const at = (name: string) => join(folder, name);
const CAPTURE = "20230523T184334Z.SDN.CSV";
let copies = 0;

beforeAll(() => {
  const files = nodeLedgerFiles(at("ledger"));
  composeLedger(files);
  const site = nodeLedgerFiles(at("site"));
  for (const [path, bytes] of publishedApi(files)) site.write(path, bytes);
  mkdirSync(at("empty"));
  mkdirSync(at("other"));
  writeFileSync(at("other/notes.txt"), "composed");
  writeFileSync(at(CAPTURE), CAPTURES[CAPTURE] ?? "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const ENVIRONMENT = {
  OFAC_LEDGER_NOW: "2023-05-26T12:00:00Z",
  OFAC_LEDGER_DELIVERY_SECRETS: DELIVERY_SECRET,
  OFAC_LEDGER_SUBSCRIPTIONS: subscriptionsOf({ id: "one" }),
};
const run = (...args: string[]) => runCli([...args, "--quiet"], { cwd: folder, env: ENVIRONMENT });

/** A copy of a folder to be damaged. */
function copyOf(name: string): string {
  copies += 1;
  cpSync(at(name), at(`copy-${copies}`), { recursive: true });
  return at(`copy-${copies}`);
}

describe("verify refuses what is not there", () => {
  it.each([
    [
      "a ledger",
      ["verify", "--ledger", "NOPE"],
      /^error no-such-folder: --ledger: expected a folder, found nothing/,
    ],
    ["the ledger that is not named", ["verify"], /^error no-such-folder: --ledger/],
    [
      "a ledger that is a file",
      ["verify", "--ledger", CAPTURE],
      /^error no-such-folder: --ledger.*no folder at/,
    ],
    ["source files", ["verify", "--ledger", "ledger", "--raw", "NOPE"], /^error no-such-folder: --raw/],
    [
      "source files in a file",
      ["verify", "--ledger", "ledger", "--raw", CAPTURE],
      /^error no-such-folder: --raw/,
    ],
    [
      "source files in a folder of others",
      ["verify", "--ledger", "ledger", "--raw", "other"],
      /^error no-raw-store/,
    ],
    [
      "source files in an empty folder",
      ["verify", "--ledger", "ledger", "--raw", "empty"],
      /^error no-raw-store/,
    ],
    ["a copy", ["verify", "--api", "NOPE"], /^error no-index: --api/],
    [
      "a ledger beside a copy",
      ["verify", "--api", "site/api/v1", "--ledger", "ledger"],
      /^error bad-options.*--ledger/,
    ],
    [
      "source files beside a copy",
      ["verify", "--api", "site/api/v1", "--raw", "NOPE"],
      /^error bad-options.*--raw/,
    ],
    [
      "a segment of a copy",
      ["verify", "--api", "site/api/v1", "--segment", "live"],
      /^error bad-options.*--segment/,
    ],
  ] as const)("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(existsSync(at("NOPE"))).toBe(false);
  });

  it("but not a ledger that has no records yet, nor source files that the settings name and nobody has kept yet", async () => {
    expect(await run("verify", "--ledger", "empty")).toMatchObject({
      code: 0,
      stdout: "the ledger is empty\n",
    });
    writeFileSync(at("raw.json"), JSON.stringify({ raw: { dir: at("to-come") } }));
    const { code, stdout } = await run("verify", "--ledger", "ledger", "--config", "raw.json");
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/the ledger verifies\nno source files are kept in .*to-come yet\n$/),
    ]);
    expect(stdout).not.toContain("source files verify");
  });
});

describe("a damaged ledger", () => {
  const imported = (ledger: string) =>
    run("import", at(CAPTURE), "--list", "sdn", "--segment", "other", "--ledger", ledger);

  it.each([
    ["deliveries/log.ndjson", "mark"],
    ["context/log.ndjson", "mark"],
    ["deliveries/log.ndjson", "import"],
    ["sdn/live/head.json", "mark"],
    ["sdn/live/head.json", "import"],
  ])("is not sealed anew: %s, then %s", async (file, writer) => {
    const ledger = copyOf("ledger");
    const text = readFileSync(join(ledger, file), "utf8");
    writeFileSync(
      join(ledger, file),
      file.endsWith("head.json") ? text.replace('"entity":', '"other":') : "",
    );
    expect((await run("verify", "--ledger", ledger)).code).toBe(8);
    const wrote =
      writer === "import"
        ? await imported(ledger)
        : await run("mark", "deployed", "sdn-20230525", "--ledger", ledger);
    expect([wrote.code, wrote.stdout]).toEqual([8, ""]);
    expect(wrote.stderr).toMatch(/^error not-as-listed: /);
    expect(wrote.stderr).toContain(`${file}: expected sha256:`);
    expect(wrote.stderr).toMatch(/"ofac-ledger verify".*git/);
    expect((await run("verify", "--ledger", ledger)).code).toBe(8);
  });

  it("whose deliveries were lost is not sent from: what arrived would arrive again", async () => {
    const files = nodeLedgerFiles(at("sender"));
    for (const [path, bytes] of sendLedger().content) files.write(path, bytes);
    const mail = { from: "digests@sender.test" };
    writeFileSync(at("mail.json"), JSON.stringify({ site: { baseUrl: "https://ledger.test" }, mail }));
    const send = () => run("send", "--ledger", "sender", "--config", "mail.json");
    const sent = () => (existsSync(at("outbox")) ? readdirSync(at("outbox")).length : 0);
    expect((await send()).code).toBe(0);
    const once = sent();
    expect(once).toBeGreaterThan(0);
    for (const name of files.list("deliveries")) rmSync(at(`sender/deliveries/${name}`), { recursive: true });
    const again = await send();
    expect(again.code).toBe(8);
    expect(again.stderr).toContain("not-as-listed: deliveries/log.ndjson: ");
    expect(sent()).toBe(once);
  });

  it("is gone on from once it is whole again", async () => {
    const ledger = copyOf("ledger");
    expect((await run("mark", "deployed", "sdn-20230525", "--ledger", ledger)).code).toBe(0);
    expect((await imported(ledger)).code).toBe(0);
    expect((await run("verify", "--ledger", ledger)).code).toBe(0);
  });
});

describe("a ledger of a later major version, and one whose manifest is none", () => {
  const commands: readonly (readonly [string, ...string[]])[] = [
    ["verify"],
    ["log"],
    ["status"],
    ["build", "--out", at("built")],
    ["send", "--dry-run"],
    ["export", "--at", "2023-05-23"],
    ["mark", "deployed", "sdn-20230525"],
    ["import", at(CAPTURE), "--list", "sdn", "--segment", "other"],
  ];
  it.each(commands)("is refused by %s", async (...args) => {
    const ledger = copyOf("ledger");
    const manifest = join(ledger, "manifest.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"1.0"', '"2.0"'));
    const before = readFileSync(manifest, "utf8");
    const later = await run(...args, "--ledger", ledger);
    expect([later.code, later.stdout]).toEqual([2, ""]);
    expect(later.stderr).toMatch(
      /^error unknown-format: manifest\.json: expected formatVersion 1\.x, found 2\.0\./m,
    );
    expect(readFileSync(manifest, "utf8")).toBe(before);
    writeFileSync(manifest, "garbage");
    const garbage = await run(...args, "--ledger", ledger);
    expect(garbage.code).toBe(8);
    expect(`${garbage.stdout}${garbage.stderr}`).toMatch(
      /manifest\.json: (?:not-json|expected canonical JSON)/,
    );
    expect(garbage.stderr).not.toMatch(/bug|\n\s+at /);
    expect(readFileSync(manifest, "utf8")).toBe("garbage");
  });
});

describe("a copy", () => {
  it("of which nothing can be replayed is not verified", async () => {
    const copy = copyOf("site/api/v1");
    rmSync(join(copy, "states"), { recursive: true });
    const { code, stdout } = await run("verify", "--api", copy);
    expect(code).toBe(8);
    expect(stdout).toContain("states/sdn-20230519.ndjson: not-replayed: is not there");
    expect(stdout).toMatch(/the copy is not verified: 2 segments could not be replayed\n$/);
  });

  it.each(["index.json", "sync.json", "catch-up/since/sdn-20230523.json", "heads/sdn/live.json"])(
    "whose %s is none is named and no bug",
    async (file) => {
      for (const content of ["null", '{"formatVersion":"2.0"}']) {
        const copy = copyOf("site/api/v1");
        writeFileSync(join(copy, file), content);
        const { code, stdout, stderr } = await run("verify", "--api", copy);
        expect([code, stderr]).toEqual([8, ""]);
        expect(stdout).toMatch(new RegExp(`^${file}: `, "m"));
        expect(stdout).toMatch(/the copy does not verify: \d+ problems?\n$/);
      }
    },
  );
});
