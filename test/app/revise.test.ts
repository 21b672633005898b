import { load } from "cheerio";
import { beforeAll, describe, expect, it } from "vitest";
import { openLedger } from "../../src/app/ledger-writer.ts";
import { sequencesOf } from "../../src/app/look/sequence.ts";
import { heads } from "../../src/app/past/history.ts";
import { appendRevision, type Revision } from "../../src/app/past/revise.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { verifyLedger } from "../../src/app/verify.ts";
import type { IndexFile, LedgerRecord, StoredRecord } from "../../src/domain/index.ts";
import { chain, readHead } from "../../src/ledger/index.ts";
import { renderSite } from "../../src/render/index.ts";
import { appendDay, PARTIES_BEFORE } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { stateOf } from "../support/parties.ts";
import { PARTIES_20230523 } from "../support/records.ts";
import { SITE, TEMPLATES } from "../support/site.ts";

const DAY = "2023-05-23";
const right = [...PARTIES_BEFORE, ...PARTIES_20230523];
const misread = right.map((party) => (party.uid === 43377 ? { ...party, type: "entity" } : party));

function revision(more: Partial<Revision> = {}): Revision {
  return {
    kind: "correction",
    supersedes: "sdn-20230523",
    reason: "the type of one party was misread",
    after: stateOf(right),
    interpreter: "csv/1",
    sources: [],
    issues: [],
    date: DAY,
    otherList: null,
    now: "2023-05-24T09:00:00Z",
    route: "https://ofac.example/SDN.CSV",
    ...more,
  };
}

/** A baseline, two publications of one Eastern day (the second changes nothing), and a correction of the first. */
async function dayOfThree() {
  const files = memoryFiles();
  appendDay(files, { date: "2023-05-19", parties: PARTIES_BEFORE });
  appendDay(files, { date: DAY, parties: misread });
  appendDay(files, { date: DAY, parties: misread }, {}, { sequence: sequencesOf(files).next("sdn", DAY) });
  const writer = await openLedger(files);
  const stored = appendRevision(files, writer, revision(), {});
  writer.commit();
  return { files, stored };
}

describe("two publications on one Eastern day, one of them empty, and a correction of the first", () => {
  let files: Awaited<ReturnType<typeof dayOfThree>>["files"];
  let records: StoredRecord[];
  beforeAll(async () => {
    files = (await dayOfThree()).files;
    const head = readHead(files, { list: "sdn", segment: "live" });
    if (head === undefined) throw new Error("no head");
    records = [...chain(files, head)].reverse();
  });

  it("have ids, releases and headlines that say so", () => {
    expect(records.map(({ record }) => [record.id, record.releaseId, record.headline])).toEqual([
      ["sdn-20230519", "20230519.1", "20230519: baseline of 6 parties"],
      ["sdn-20230523", "20230523.1", "20230523: 5 entities added"],
      ["sdn-20230523.2", "20230523.2", "20230523 (2): no changes"],
      ["sdn-20230523-c1", "20230523.3", "20230523 (3): correction of sdn-20230523: 1 individual changed"],
    ]);
    expect(records[3]?.record).toMatchObject({
      kind: "correction",
      supersedes: "sdn-20230523",
      reason: "the type of one party was misread",
      previous: { id: "sdn-20230523.2", hash: records[2]?.hash },
      state: { from: records[2]?.record.state.to },
    });
  });

  it("verify as one chain; the corrected record's bytes stay", () => {
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
    expect(records[1]?.record.changes.find(({ uid }) => uid === 43377)?.type).toBe("entity");
  });

  it("stand in the index newest first, and in the feed as entries of their own", () => {
    const published = readPublished(files);
    const site = renderSite({ ...published, heads: heads(files), site: SITE }, TEMPLATES);
    const file = (path: string) => new TextDecoder().decode(site.find((one) => one.path === path)?.bytes);
    const index: IndexFile = JSON.parse(file("api/v1/index.json"));
    expect(index.records.map(({ id, kind, supersedes }) => [id, kind, supersedes])).toEqual([
      ["sdn-20230523-c1", "correction", "sdn-20230523"],
      ["sdn-20230523.2", "publication", undefined],
      ["sdn-20230523", "publication", undefined],
      ["sdn-20230519", "baseline", undefined],
    ]);
    const feed = load(file("feed.atom"), { xml: true });
    expect(
      feed("entry > title")
        .toArray()
        .map((title) => feed(title).text()),
    ).toEqual([
      "20230523 (3): correction of sdn-20230523: 1 individual changed",
      "20230523 (2): no changes",
      "20230523: 5 entities added",
    ]);
    const ids = feed("entry > id")
      .toArray()
      .map((id) => feed(id).text());
    expect(new Set(ids).size).toBe(3);
  });

  it("are told on the page of the corrected one, with a link, and on no other", () => {
    const published = readPublished(files);
    const site = renderSite({ ...published, heads: heads(files), site: SITE }, TEMPLATES);
    const page = (id: string) =>
      load(new TextDecoder().decode(site.find((one) => one.path === `publications/${id}/index.html`)?.bytes));
    const links = (id: string) => {
      const $ = page(id);
      return $(".callout.warn a")
        .toArray()
        .map((link) => $(link).attr("href"));
    };
    expect(links("sdn-20230523")).toEqual(["../../publications/sdn-20230523-c1/"]);
    expect([links("sdn-20230523.2"), links("sdn-20230523-c1")]).toEqual([[], []]);
  });

  it("leave the next number of the day to what comes next", () => {
    expect(sequencesOf(files).next("sdn", DAY)).toBe(4);
    expect(sequencesOf(files).next("sdn", "2023-05-24")).toBe(1);
  });
});

describe("a correction", () => {
  it("made on a later day counts on that day and is still named after what it corrects", async () => {
    const { files } = await dayOfThree();
    const writer = await openLedger(files);
    const again = appendRevision(
      files,
      writer,
      revision({ supersedes: "sdn-20230523-c1", date: "2023-06-01" }),
      {},
    );
    writer.commit();
    expect(again.record.id).toBe("sdn-20230523-c2");
    expect(again.record.headline).toBe("20230601: correction of sdn-20230523-c1: no changes");
    expect(sequencesOf(files).next("sdn", "2023-06-01")).toBe(2);
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
  });

  it("of a record that there is not is refused", async () => {
    const { files } = await dayOfThree();
    const writer = await openLedger(files);
    expect(() => appendRevision(files, writer, revision({ supersedes: "sdn-20230530" }), {})).toThrow(
      /the id of a publication in the ledger, found "sdn-20230530"/,
    );
  });
});

describe("a reinterpretation", () => {
  const reread = revision({
    kind: "reinterpretation",
    supersedes: "sdn-20230523-c1",
    reason: "read by csv/2",
    interpreter: "csv/2",
    after: stateOf(right.map((party) => ({ ...party, lists: [{ name: "SDN List" }] }))),
  });

  it("keeps day and number of what it supersedes, is replayed like any record, and is no news", async () => {
    const { files } = await dayOfThree();
    const writer = await openLedger(files);
    const { record } = appendRevision(files, writer, reread, {});
    writer.commit();
    expect([record.id, record.headline, record.sequence]).toEqual([
      "sdn-20230523-r1",
      "20230523 (3): reinterpretation, no change by OFAC",
      3,
    ]);
    expect(readHead(files, { list: "sdn", segment: "live" })).toMatchObject({
      id: record.id,
      interpreter: "csv/2",
    });
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
    const site = renderSite({ ...readPublished(files), heads: heads(files), site: SITE }, TEMPLATES);
    const feed = new TextDecoder().decode(site.find(({ path }) => path === "feed.atom")?.bytes);
    expect(feed).not.toContain("reinterpretation");
  });

  it("is only made of the newest record", async () => {
    const { files } = await dayOfThree();
    const writer = await openLedger(files);
    expect(() => appendRevision(files, writer, { ...reread, supersedes: "sdn-20230523" }, {})).toThrow(
      /the newest record of sdn\/live, which is sdn-20230523-c1, found sdn-20230523\./,
    );
  });
});

describe("verify names a record", () => {
  it.each([
    ["that is misnamed", { id: "sdn-20230524" }, "id"],
    ["of an earlier release", { releaseId: "20230522.7" }, "release"],
    ["that corrects without a reason", { kind: "correction", supersedes: "sdn-20230519" }, "supersedes"],
    [
      "that supersedes one that there is not",
      {
        id: "sdn-20230101-c1",
        kind: "correction",
        supersedes: "sdn-20230101",
        reason: "x",
        headline: "20230523: correction of sdn-20230101: 4 entities, 1 individual added",
      },
      "supersedes",
    ],
    ["with a headline that is not its own", { headline: "20230523: no changes" }, "headline"],
    ["with counts that are not its own", { counts: { added: {}, removed: {}, changed: {} } }, "counts"],
  ] as const)("%s, even when every hash was made to fit", (_, wrong, code) => {
    const files = memoryFiles();
    appendDay(files, { date: "2023-05-19", parties: PARTIES_BEFORE });
    const plant = (record: LedgerRecord) => ({ ...record, ...wrong });
    const { record } = appendDay(files, { date: DAY, parties: right }, { plant });
    const { problems } = verifyLedger(files, () => undefined);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(new Set(problems.map(({ file }) => file))).toEqual(
      new Set([`sdn/live/records/2023/${record.id}.json`]),
    );
  });
});
