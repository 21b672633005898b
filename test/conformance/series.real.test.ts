import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planApiFiles } from "../../src/app/api-files.ts";
import { kitFiles } from "../../src/app/conformance/kit.ts";
import { heads } from "../../src/app/history.ts";
import { readPublished } from "../../src/app/published.ts";
import { closedForm, publishedForm } from "../../src/app/schema/forms.ts";
import { schemas } from "../../src/app/schema/index.ts";
import { verifyApi } from "../../src/app/verify-api.ts";
import type { Head, PlannedArtifact, StoredRecord } from "../../src/domain/index.ts";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { planSite } from "../../src/render/index.ts";
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
    const bytes = (ending: string) => {
      const found = plan.find(({ path }) => path.endsWith(`exports/sdn/csv/changes-2023.${ending}`));
      if (found === undefined) throw new Error(`no changes-2023.${ending}`);
      return found.render();
    };
    const lines = new TextDecoder().decode(bytes("ndjson")).trimEnd().split("\n");
    const file = new Uint8Array(bytes("parquet")).buffer;
    const rows = await parquetReadObjects({ file, columns: ["record", "uid", "area", "before", "after"] });
    expect(rows).toHaveLength(lines.length);
    expect(new TextDecoder().decode(bytes("csv")).trimEnd().split("\r\n")).toHaveLength(lines.length + 1);
    for (const at of [0, 1000, lines.length - 1]) {
      const { record, uid, area, before, after } = JSON.parse(lines[at] ?? "");
      expect(rows[at]).toEqual({ record, uid: BigInt(uid), area, before, after });
    }
    const changed = records.filter(({ record }) => record.date?.startsWith("2023") ?? false);
    expect(new Set(rows.map((row) => row["record"]))).toEqual(
      new Set(changed.map(({ record }) => record.id)),
    );
  });
});
