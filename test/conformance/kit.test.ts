import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kitArchive, kitFiles } from "../../src/app/conformance/kit.ts";
import { AREAS, canonicalJson, sha256 } from "../../src/domain/index.ts";
import { replayKit } from "./consumer.ts";

const PYTHON = fileURLToPath(new URL("consumer.py", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ofac-ledger-kit-"));
  for (const [path, bytes] of Object.entries(unzipSync(kitArchive()))) put(join(folder, path), bytes);
  folder = join(folder, "conformance-kit");
});
afterAll(() => rmSync(dirname(folder), { recursive: true }));

function put(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

function python(...args: string[]) {
  return spawnSync("python3", [PYTHON, ...args], { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
}

describe("the conformance kit", () => {
  it("is the same bytes in every time zone, and holds what its README names", () => {
    const zone = process.env["TZ"];
    const zips = ["UTC", "Asia/Tokyo", "America/New_York"].map((tz) => {
      process.env["TZ"] = tz;
      return sha256(kitArchive());
    });
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
    expect(new Set(zips).size).toBe(1);
    const names = [...kitFiles().keys()].map((path) => path.split("/")[0]);
    expect(new Set(names)).toEqual(
      new Set(["README.md", "kit.json", "records", "states", "catch-up", "refused", "schema"]),
    );
  });

  it("makes a consumer meet every action, unknown differences, equal values and re-created children", () => {
    const records = [...kitFiles()].filter(([path]) => path.startsWith("records/"));
    const text = records.map(([, bytes]) => new TextDecoder().decode(bytes)).join("");
    for (const met of [
      '"op":"add"',
      '"op":"remove"',
      '"op":"modify"',
      '"action":"add"',
      '"action":"remove"',
      '"action":"change"',
      '"reason":"truncated"',
      '"paths":[["uid"]]',
    ]) {
      expect(text, met).toContain(met);
    }
    const readme = new TextDecoder().decode(kitFiles().get("README.md"));
    for (const { area, property } of AREAS) expect(readme).toContain(`| ${area} | \`${property}\` |`);
  });

  it("is replayed by the consumer in TypeScript, which refuses what must be refused", () => {
    const { accepted, refused } = replayKit(folder);
    expect(accepted.length).toBeGreaterThanOrEqual(8);
    expect(refused).toHaveLength(7);
  });

  it.skipIf(!hasPython)("is replayed by the consumer in Python, with the same result", () => {
    const { status, stdout, stderr } = python("kit", folder);
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual(replayKit(folder));
  });

  it.skipIf(!hasPython)("bites: both consumers notice a record with one value altered", () => {
    const copy = mkdtempSync(join(tmpdir(), "ofac-ledger-kit-planted-"));
    for (const [path, bytes] of kitFiles()) put(join(copy, path), bytes);
    const kit = JSON.parse(new TextDecoder().decode(kitFiles().get("kit.json")));
    const path = kit.records[1].file;
    const text = new TextDecoder().decode(kitFiles().get(path)).replaceAll("Female", "Unsaid");
    put(join(copy, path), text);
    kit.records[1].hash = sha256(text);
    put(join(copy, "kit.json"), `${canonicalJson(kit)}\n`);
    expect(() => replayKit(copy)).toThrow(/does not become what it should/);
    expect(python("kit", copy).status).not.toBe(0);
    rmSync(copy, { recursive: true });
  });
});
