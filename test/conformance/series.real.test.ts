import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kitFiles } from "../../src/app/conformance/kit.ts";
import { heads } from "../../src/app/past/history.ts";
import { readStateFile } from "../../src/app/past/state-file.ts";
import { verifyApi } from "../../src/app/past/verify-api.ts";
import { closedForm, publishedForm } from "../../src/app/schema/forms.ts";
import { schemas } from "../../src/app/schema/index.ts";
import { planApiFiles } from "../../src/app/site/api-files.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { diffStates } from "../../src/diff/index.ts";
import type { Head, PlannedArtifact, StoredRecord } from "../../src/domain/index.ts";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { planSite } from "../../src/render/index.ts";
import { ourDifference, plainDifference, remarksMismatch } from "../diff/peer.ts";
import { plainRows } from "../diff/plain-csv.ts";
import { brokenLaws, composer, digest, statesOf } from "../diff/series-laws.ts";
import { csvSeriesFolder, csvSeriesNames } from "../support/csv-series.ts";
import { dice } from "../support/damage.ts";
import { importedSeries } from "../support/imported-series.ts";
import { hasSharedData } from "../support/shared-data.ts";
import { SITE, TEMPLATES } from "../support/site.ts";
import { areasOf, replayApi } from "./consumer.ts";

const PYTHON = fileURLToPath(new URL("consumer.py", import.meta.url));

describe.skipIf(!hasSharedData)("the whole real CSV series, published", () => {
  let folder: string;
  let head: Head;
  let plan: PlannedArtifact[];
  let records: readonly StoredRecord[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ofac-ledger-api-"));
    const files = await importedSeries();
    const published = readPublished(files);
    records = published.records;
    const all = heads(files);
    const [only] = all;
    if (only === undefined || all.length !== 1) throw new Error("expected one segment");
    head = only;
    plan = planApiFiles({ files, heads: all, records, site: SITE });
    for (const { path, render } of plan) if (!path.includes("/exports/")) put(path, render());
    for (const { path, render } of planSite({ ...published, heads: all, site: SITE }, TEMPLATES)) {
      if (path.startsWith("api/v1/index")) put(path, render());
    }
    for (const { record, bytes } of records) put(`api/v1/records/${record.id}.json`, bytes);
    for (const [path, bytes] of kitFiles()) put(`kit/${path}`, bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function put(path: string, bytes: Uint8Array): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }

  const api = () => join(folder, "api/v1");

  it("is replayed from its baseline by the consumer in TypeScript, to the head's state", () => {
    const kit = JSON.parse(new TextDecoder().decode(kitFiles().get("kit.json")));
    expect(records).toHaveLength(308);
    expect(replayApi(api(), areasOf(kit))).toEqual(new Map([["sdn/csv", head.state.hash]]));
  });

  it("and by the consumer in Python", () => {
    const { status, stdout, stderr } = spawnSync("python3", [PYTHON, "replay", api(), join(folder, "kit")], {
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({ "sdn/csv": { records: 308, state: head.state.hash } });
  });

  it("verifies as a downloaded copy, month files too", () => {
    const report = verifyApi(nodeLedgerFiles(api()), () => undefined);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, records: 308, proven: 308 });
    expect(report.replayed).toEqual([{ segment: "sdn/csv", records: 308, state: head.state.hash }]);
  });

  it("has records that an independent validator accepts under their schema", () => {
    const schema = schemas().find(({ name }) => name === "record")?.schema ?? {};
    const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(
      publishedForm(closedForm(schema), []),
    );
    const wrong = records.filter(({ record }) => !accepts(record)).map(({ record }) => record.id);
    expect(wrong).toEqual([]);
  });

  it("has flat exports with the same rows in all three formats, which an independent reader reads", async () => {
    const months = plan.filter(({ path }) => /exports\/sdn\/csv\/changes-2023-\d\d\.ndjson$/u.test(path));
    expect(months.map(({ path }) => path.slice(-14, -7))).toContain("2023-05");
    const told = new Set<unknown>();
    for (const { path, render } of months) {
      const bytes = (ending: string) => {
        const found = plan.find((file) => file.path === path.replace(/ndjson$/u, ending));
        if (found === undefined) throw new Error(`no ${ending} beside ${path}`);
        return found.render();
      };
      const lines = new TextDecoder().decode(render()).trimEnd().split("\n");
      const file = new Uint8Array(bytes("parquet")).buffer;
      const rows = await parquetReadObjects({ file, columns: ["record", "uid", "area", "before", "after"] });
      expect(rows).toHaveLength(lines.length);
      expect(new TextDecoder().decode(bytes("csv")).trimEnd().split("\r\n")).toHaveLength(lines.length + 1);
      for (const at of [0, Math.floor(lines.length / 2), lines.length - 1]) {
        const { record, uid, area, before, after } = JSON.parse(lines[at] ?? "");
        expect(rows[at]).toEqual({ record, uid: BigInt(uid), area, before, after });
      }
      for (const row of rows) told.add(row["record"]);
    }
    const changed = records.filter(({ record }) => record.date?.startsWith("2023") ?? false);
    expect(told).toEqual(new Set(changed.map(({ record }) => record.id)));
  });

  it("composes: 200 random pairs give what comparing their states gives, and every law holds", () => {
    const chain = records.map(({ record }) => record).reverse();
    const states = statesOf(chain, readBaseline());
    const joined = composer(chain);
    const roll = dice(20_230_523);
    const broken: string[] = [];
    for (let trial = 0; trial < 200; trial += 1) {
      const [x, y] = [Math.floor(roll() * chain.length), Math.floor(roll() * chain.length)];
      const [from, to] = [Math.min(x, y), Math.max(x, y)];
      const [a, b] = [states[from], states[to]];
      if (a === undefined || b === undefined) throw new Error("no such state");
      const pair = `${chain[from]?.id}..${chain[to]?.id}`;
      if (digest(joined(from, to)) !== digest(diffStates(a, b))) broken.push(`compose ${pair}`);
      // The other laws cost three times as much: every tenth pair here, all of them in the soak.
      if (trial % 10 === 0) broken.push(...brokenLaws(a, b).map((law) => `${law} ${pair}`));
    }
    expect(broken).toEqual([]);
  });

  it("agrees on 50 pairs with a plain comparison of the files, uid by uid and remark by remark", () => {
    const names = csvSeriesNames();
    expect(names).toHaveLength(308);
    const rows = (name: string) => plainRows(readFileSync(join(csvSeriesFolder(), name), "utf8"));
    const chain = records.map(({ record }) => record).reverse();
    const roll = dice(7);
    const picked = new Set<number>();
    while (picked.size < 50) picked.add(1 + Math.floor(roll() * 307));
    const mismatches: string[] = [];
    for (const at of picked) {
      const record = chain[at];
      const [before, after] = [rows(names[at - 1] ?? ""), rows(names[at] ?? "")];
      if (record === undefined) throw new Error(`no record ${at}`);
      const plain = plainDifference(before, after);
      expect(ourDifference(record), record.id).toEqual(plain);
      for (const uid of plain.changed) {
        const [was, now] = [before.get(uid), after.get(uid)];
        if (was === undefined || now === undefined) throw new Error(`no row ${uid}`);
        const mismatch = remarksMismatch(record, was, now);
        if (mismatch !== undefined) mismatches.push(`${record.id} ${mismatch}`);
      }
    }
    expect(mismatches).toEqual([]);
  });

  function readBaseline() {
    const baseline = records.at(-1)?.record.id;
    const path = `api/v1/states/${baseline}.ndjson`;
    return readStateFile(readFileSync(join(folder, path), "utf8"), path);
  }
});
