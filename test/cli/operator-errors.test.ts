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
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { optionalCache } from "../../src/cli/cache.ts";
import { operatorError } from "../../src/cli/file-fault.ts";
import { putFile } from "../../src/cli/put-file.ts";
import { ContentError } from "../../src/domain/index.ts";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { CAPTURES } from "../support/captures.ts";
import { type CliOptions, runCli } from "../support/cli.ts";
import { composeLedger } from "../support/composed-ledger.ts";

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ofac-ledger-operator-"));
  composeLedger(nodeLedgerFiles(at("ledger")));
  // What stands in the way of everything: not even root makes a folder below a file.
  writeFileSync(at("file"), "mine\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], env: CliOptions["env"] = {}) =>
  runCli([...args, "--ledger", "ledger", "--quiet"], { cwd: folder, env });

describe("what the file system refuses is the operator's to mend, never a bug:", () => {
  it.each([
    [["export", "--at", "2023-05-23", "--out", "file/x.ndjson"], 2],
    [["export", "--at", "2023-05-23", "--out", "nowhere/x.ndjson"], 2],
    [["export", "--at", "2023-05-23", "--out", "ledger"], 2],
    [["preview", "--out", "file/x.txt"], 2],
    [["watchdog", "--issues", "nowhere/x.json"], 2],
    [["watchdog", "--state", "file/x.json"], 2],
    [["log", "--config", "ledger"], 2],
    [["import", "20230519T184348Z.SDN.CSV", "--list", "sdn", "--keep-raw", "file/raw"], 2],
    [["build", "--out", "file"], 6],
    [["build", "--out", "file/site"], 6],
  ] as const)("%j", async (args, expected) => {
    writeFileSync(at("20230519T184348Z.SDN.CSV"), CAPTURES["20230519T184348Z.SDN.CSV"] ?? "");
    const { code, stderr } = await run(args);
    expect(stderr).toMatch(/^error [a-z-]+: /);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(expected);
    expect(readFileSync(at("file"), "utf8")).toBe("mine\n");
  });

  it("says what was wanted, what was found, where, and what to do", async () => {
    const { stderr } = await run(["export", "--at", "2023-05-23", "--out", "nowhere/x.ndjson"]);
    expect(stderr).toMatch(
      /^error file-system: nowhere\/x\.ndjson: expected the file system to do what was asked \(open\), found nothing there \(ENOENT\)\. Check the path\.\n$/,
    );
  });

  it("names the file that is a folder, whoever named it", async () => {
    const config = await run(["log", "--config", "ledger"]);
    expect(config.stderr).toMatch(
      /^error no-config: --config: expected a file, found no regular file at ledger\./,
    );
    const more = { OFAC_LEDGER_DELIVERY_SECRETS: "composed-test-secret-of-32-characters" };
    const subscriptions = await run(["send"], { ...more, OFAC_LEDGER__MAIL__SUBSCRIPTIONS: "ledger" });
    expect([subscriptions.code, subscriptions.stderr]).toEqual([
      2,
      expect.stringMatching(/^error no-subscriptions: mail\.subscriptions: expected a file, .* at ledger\./),
    ]);
    const key = await run(["preview", "--out", "a.txt"], { OFAC_LEDGER_DKIM_KEY_FILE: "ledger" });
    expect([key.code, key.stderr]).toEqual([
      2,
      expect.stringMatching(/^error dkim-key: OFAC_LEDGER_DKIM_KEY_FILE: /),
    ]);
  });

  it("leaves a bug a bug, and what the network refuses to the network", () => {
    const bug = new TypeError("oops");
    const refused = Object.assign(new Error("x"), { code: "EACCES", syscall: "listen", path: "/run/x" });
    const odd = Object.assign(new Error("x"), { code: "ERR_ODD", syscall: "open", path: "/x" });
    const own = new ContentError("empty", "x");
    for (const error of [bug, refused, odd, own, "text", undefined]) expect(operatorError(error)).toBe(error);
    const full = Object.assign(new Error("x"), { code: "ENOSPC", syscall: "write" });
    expect(operatorError(full)).toMatchObject({ code: "file-system", exitCode: 2, cause: full });
  });

  it("is refused before anything is written where an address of the settings is none", async () => {
    for (const url of ["http://", "https://a b.example"]) {
      const { code, stderr } = await run(["build", "--out", "public"], { OFAC_LEDGER__SITE__BASE_URL: url });
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^error bad-config: .*\/site\/baseUrl/)]);
      expect(existsSync(at("public"))).toBe(false);
    }
  });
});

describe("a ledger that may not be written", () => {
  it("can be looked at with --dry-run", async () => {
    writeFileSync(at("ledger/.lock"), "no folder: nobody can take a lock\n");
    const dry = await run(["mark", "committed", "--dry-run"]);
    expect([dry.code, dry.stderr]).toEqual([0, ""]);
    const correct = await run(["correct", "sdn-20230523", "--reason", "x", "--dry-run"]);
    expect([correct.code, correct.stderr]).toEqual([2, expect.not.stringContaining(".lock")]);
    const wet = await run(["mark", "committed"]);
    expect([wet.code, wet.stderr]).toEqual([2, expect.stringMatching(/^error file-system: .*\.lock/)]);
  });
});

describe("the cache", () => {
  it("is not needed: an import goes on without, and says so once", async () => {
    const names = ["20230519T184348Z.SDN.CSV", "20230523T184334Z.SDN.CSV"];
    for (const name of names) writeFileSync(at(name), CAPTURES[name] ?? "");
    writeFileSync(at(".cache"), "no folder\n");
    const { code, stdout, stderr } = await runCli(
      ["import", ...names, "--list", "sdn", "--ledger", "fresh", "--quiet"],
      { cwd: folder },
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining("2 publications: ")]);
    expect(stderr).toMatch(/^warning no-cache: \.cache\/ofac-ledger: .*the work goes on without\.\n$/);
    expect((await runCli(["verify", "--ledger", "fresh", "--quiet"], { cwd: folder })).code).toBe(0);
  });

  it("complains once, whatever is asked of it, and is empty then", () => {
    const warnings: string[] = [];
    const cache = optionalCache({ warning: (code) => void warnings.push(code) }, at("file/cache"));
    cache.write("a", new Uint8Array(1));
    cache.rename("a", "b");
    expect([cache.read("a"), cache.list("")]).toEqual([undefined, []]);
    cache.remove("a");
    expect(warnings).toEqual(["no-cache"]);
  });
});

describe("a file that was asked for", () => {
  it("is put in place whole: where there is no room, the old one stays and nothing is left beside it", async () => {
    expect((await run(["export", "--at", "2023-05-23", "--out", "state.ndjson"])).code).toBe(0);
    const before = readFileSync(at("state.ndjson"), "utf8");
    writeFileSync(at("limited.sh"), 'ulimit -f 1\nexec "$@"\n');
    const { spawnSync } = await import("node:child_process");
    const { fileURLToPath } = await import("node:url");
    const cli = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
    const args = ["export", "--at", "2023-05-25", "--out", "state.ndjson", "--ledger", "ledger", "--quiet"];
    const done = spawnSync("bash", ["limited.sh", process.execPath, cli, ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    expect([done.status, done.stderr]).toEqual([2, expect.stringMatching(/^error file-system: .*\(EFBIG\)/)]);
    expect(readFileSync(at("state.ndjson"), "utf8")).toBe(before);
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
  });

  it("keeps its links and its permissions, and is written through where it is no file", () => {
    symlinkSync(at("file"), at("link"));
    putFile(at("link"), "new\n");
    expect(readFileSync(at("file"), "utf8")).toBe("new\n");
    expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
    putFile("/dev/null", "gone\n");
    expect(readFileSync("/dev/null", "utf8")).toBe("");
    mkdirSync(at("folder"));
    expect(() => putFile(at("folder"), "x")).toThrow(/EISDIR/);
  });
});

describe("the clock", () => {
  it.each(["junk", "2023-02-31T10:00:00Z", "2023-06-08T15:00"])(
    "that is none is a usage error: %s",
    async (now) => {
      for (const log of ["text", "json"]) {
        const { code, stdout, stderr } = await run(["log", "--log", log], { OFAC_LEDGER_NOW: now });
        expect([code, stdout]).toEqual([2, ""]);
        expect(stderr.trim().split("\n")).toHaveLength(1);
        expect(stderr).toContain("bad-clock");
        if (log === "json") expect(JSON.parse(stderr)).toMatchObject({ level: "error", code: "bad-clock" });
      }
    },
  );
});

describe("mark --at", () => {
  const NOW = { OFAC_LEDGER_NOW: "2023-06-09T12:00:00Z" };
  const mark = (instant: string) => run(["mark", "committed", "sdn-20230523", "--at", instant], NOW);

  it.each([
    "2023-02-31T10:00:00Z",
    "2023-06-08T15:00",
    "2023-06-08T15:00:00",
    "2023-06-08",
    "1999-06-08T15:00:00Z",
    "2023-05-22T15:00:00Z",
    "2099-06-08T15:00:00Z",
    "2023-06-09T12:06:00Z",
    "2023-06-08T24:00:00Z",
    "now",
  ])("refuses %s", async (instant) => {
    const { code, stdout, stderr } = await mark(instant);
    expect([code, stdout, stderr]).toEqual([
      2,
      "",
      expect.stringMatching(/^error bad-instant: --at: expected an instant/),
    ]);
  });

  it("takes an instant with its zone", async () => {
    const done = await mark("2023-06-08T15:00:00.5+02:00");
    expect([done.code, done.stdout]).toEqual([0, "sdn-20230523: committed at 2023-06-08T13:00:00Z\n"]);
  });
});
