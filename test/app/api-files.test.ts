import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { heads, history } from "../../src/app/past/history.ts";
import { flatChanges } from "../../src/app/site/api/flat-changes.ts";
import {
  changesCsv,
  changesNdjson,
  changesParquet,
  partiesParquet,
} from "../../src/app/site/api/flat-files.ts";
import { planApiFiles } from "../../src/app/site/api-files.ts";
import {
  canonicalJson,
  type LedgerRecord,
  type Party,
  type PlannedArtifact,
  partyLine,
  partyMap,
  stateHash,
} from "../../src/domain/index.ts";
import { parseFile } from "../../src/ledger/index.ts";
import { appendDay, COMPOSED_HISTORY, composeLedger, PARTIES_BEFORE } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { entity } from "../support/records.ts";
import { SITE } from "../support/site.ts";

function plan(files: ReturnType<typeof memoryFiles>): Map<string, PlannedArtifact> {
  const planned = planApiFiles({ files, heads: heads(files), records: history(files), site: SITE });
  expect(new Set(planned.map(({ path }) => path)).size).toBe(planned.length);
  return new Map(planned.map((one) => [one.path, one]));
}

function ledger() {
  const files = memoryFiles();
  composeLedger(files);
  return files;
}

describe("the plan of the API's files", () => {
  it("is the same for the same ledger, and renders the same bytes", () => {
    const [one, two] = [plan(ledger()), plan(ledger())];
    for (const [path, { inputsHash, render }] of one) {
      expect(two.get(path)?.inputsHash, path).toBe(inputsHash);
      expect(Buffer.compare(two.get(path)?.render() ?? Buffer.of(), render()), path).toBe(0);
    }
  });

  it("names what one more publication touches, and nothing else", () => {
    const before = plan(ledger());
    const files = ledger();
    appendDay(files, { date: "2024-02-01", parties: PARTIES_BEFORE });
    const after = plan(files);
    const touched = [...after].filter(
      ([path, { inputsHash }]) => before.get(path)?.inputsHash !== inputsHash,
    );
    expect(touched.map(([path]) => path.replace("api/v1/", "")).sort()).toEqual([
      "catch-up/sdn/live/2024-02.json",
      "catch-up/since/sdn-20230519.json",
      "catch-up/since/sdn-20230523.json",
      "catch-up/since/sdn-20230525.json",
      "exports/sdn/live/changes-2024-02.csv",
      "exports/sdn/live/changes-2024-02.ndjson",
      "exports/sdn/live/changes-2024-02.parquet",
      "exports/sdn/live/parties.csv",
      "exports/sdn/live/parties.parquet",
      "heads/sdn/live.json",
      "states/sdn-20240201.ndjson",
      "sync.json",
    ]);
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual([
      "api/v1/states/sdn-20230525.ndjson",
    ]);
  });

  it("keeps the state of the baseline, of which the ledger holds no copy", () => {
    const bytes = plan(ledger()).get("api/v1/states/sdn-20230519.ndjson")?.render() ?? new Uint8Array();
    const lines = new TextDecoder().decode(bytes).trimEnd().split("\n");
    const parties = partyMap(lines.map((line) => partyLine(JSON.parse(line) as Party)));
    expect(stateHash(parties)).toBe(stateHash(partyMap(COMPOSED_HISTORY[0]?.parties.map(partyLine) ?? [])));
  });
});

describe("flat changes", () => {
  const files = memoryFiles();
  composeLedger(files);
  const evil = '=HYPERLINK("https://evil.example","x")';
  const { record } = appendDay(files, {
    date: "2023-06-02",
    parties: [
      ...PARTIES_BEFORE.slice(1),
      { ...entity(9, evil), title: "@SUM(A1)", remarks: [{ text: "-1+1" }] },
    ],
  });
  const rows = flatChanges(record);

  it("have a row per fact of an added or removed party and per changed child", () => {
    const added = rows.filter(({ uid }) => uid === 9);
    expect(added.map(({ op, area, action, after }) => [op, area, action, after])).toEqual([
      ["add", "type", "add", "entity"],
      ["add", "name", "add", { full: evil }],
      ["add", "title", "add", "@SUM(A1)"],
      ["add", "remarks", "add", { text: "-1+1" }],
      ["add", "blocking", "add", "unknown"],
    ]);
    expect(added.every(({ legalEffect }) => legalEffect === "critical")).toBe(true);
    expect(
      rows
        .filter(({ op }) => op === "remove")
        .every(({ before, after }) => before !== null && after === null),
    ).toBe(true);
  });

  it("have unknown differences, not judged, with their reason", () => {
    const change = record.changes.find(({ op }) => op === "add");
    const entry = {
      uid: 306,
      type: "entity",
      name: "X",
      area: "remarks",
      action: "add",
      key: "remarks:~1",
      after: { text: "y" },
      beforeHash: record.state.to.hash,
      afterHash: record.state.to.hash,
      reason: "truncated",
      detail: "",
    } as const;
    const [row] = flatChanges({ ...record, changes: [], unknown: [entry] } satisfies LedgerRecord);
    expect(row).toMatchObject({
      op: "unknown",
      reason: "truncated",
      legalEffect: null,
      before: null,
      after: { text: "y" },
    });
    expect(change).toBeDefined();
  });

  it("say the same as CSV, NDJSON and Parquet; no cell of the CSV is a formula", async () => {
    const ndjson = new TextDecoder().decode(changesNdjson(rows)).trimEnd().split("\n");
    expect(ndjson.map((line) => JSON.parse(line))).toEqual(rows);
    expect(ndjson, "put together from members sorted once, or as a whole").toEqual(rows.map(canonicalJson));
    const file = new Uint8Array(changesParquet(rows)).buffer;
    const read = await parquetReadObjects({ file });
    expect(
      read.map((row) => ({ ...row, uid: Number(row["uid"]), sequence: Number(row["sequence"]) })),
    ).toEqual(rows);
    const csv = new TextDecoder().decode(changesCsv(rows));
    const cells = csv.split("\r\n").flatMap((line) => line.match(/("(?:[^"]|"")*"|[^,]*)/g) ?? []);
    expect(cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(csv).toContain(`"'${evil.replaceAll('"', '""')}"`);
  });

  it("and parties are read from Parquet by an independent reader", async () => {
    const parties = partyMap(PARTIES_BEFORE.map(partyLine));
    const rows = await parquetReadObjects({ file: new Uint8Array(partiesParquet(parties)).buffer });
    expect(rows.map((row) => [row["uid"], row["programs"], row["party"]])).toEqual(
      PARTIES_BEFORE.map((party) => [BigInt(party.uid), party.programs?.map(({ code }) => code), party]),
    );
  });
});

it("heads are published as they are", () => {
  const files = ledger();
  const head = plan(files).get("api/v1/heads/sdn/live.json")?.render() ?? new Uint8Array();
  expect(parseFile("head", head)).toEqual(
    parseFile("head", files.read("sdn/live/head.json") ?? new Uint8Array()),
  );
});
