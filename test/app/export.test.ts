import { describe, expect, it } from "vitest";
import { composeRange } from "../../src/app/compose.ts";
import { stateCsv, stateNdjson } from "../../src/app/export.ts";
import { diffPoints } from "../../src/app/past/diff-points.ts";
import { findPoint, isPoint } from "../../src/app/past/point.ts";
import { stateAt } from "../../src/app/past/state-at.ts";
import { applyDocument, readChangeDocument, readStateFile } from "../../src/app/past/state-file.ts";
import { verifyState } from "../../src/app/past/verify-state.ts";
import { csvLine } from "../../src/app/site/csv.ts";
import { diffStates } from "../../src/diff/index.ts";
import { canonicalJson, partyLine, stateHash } from "../../src/domain/index.ts";
import { appendDay, COMPOSED_HISTORY, composeLedger, PARTIES_BEFORE } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { stateOf } from "../support/parties.ts";
import { entity } from "../support/records.ts";

type Stated = Pick<ReturnType<typeof composeRange>, "from" | "to">;

function ledger() {
  const files = memoryFiles();
  composeLedger(files);
  const [old] = COMPOSED_HISTORY;
  if (old === undefined) throw new Error("the history is empty");
  // Older files of the same list: two days, the later one beyond the live segment's baseline.
  appendDay(files, { date: "2022-01-03", parties: PARTIES_BEFORE.slice(0, 3) }, { segment: "older" });
  appendDay(
    files,
    { date: "2023-05-20", parties: PARTIES_BEFORE.slice(0, 4) },
    { segment: "older" },
    { sequence: 9 },
  );
  return files;
}

const files = ledger();
const at = (text: string, options = {}) => stateAt(files, findPoint(files, text, options));
const days = COMPOSED_HISTORY.map(({ parties }) => stateOf(parties));

describe("a moment of the ledger", () => {
  it("is a publication id or a date; the state is that of then", () => {
    COMPOSED_HISTORY.forEach(({ date }, i) => {
      const id = `sdn-${date.replaceAll("-", "")}`;
      expect(stateNdjson(at(id).parties)).toBe(stateNdjson(days[i]?.parties ?? new Map()));
    });
    expect(findPoint(files, "2023-05-24").record.id).toBe("sdn-20230523");
    expect(findPoint(files, "2030-01-01").record.id).toBe("sdn-20230525");
    expect(findPoint(files, "2022-12-31").record.id).toBe("sdn-20220103");
    expect(findPoint(files, "2023-05-22").record.id).toBe("sdn-20230520.9");
    expect(findPoint(files, "2023-05-22", { segment: "live" }).record.id).toBe("sdn-20230519");
    expect(findPoint(files, "2023-05-22", { list: "consolidated" }).record.id).toBe("consolidated-20230519");
  });

  it.each([
    ["2021-12-31", /on or after the ledger's first record of the sdn list, found 2021-12-31/],
    ["2023-05-18", /in segment live, found 2023-05-18/],
    ["sdn-20230524", /the id of a publication in the ledger, found "sdn-20230524"/],
    ["yesterday", /a date like 2023-05-23, found "yesterday"/],
    ["2023-02-30", /found "2023-02-30"/],
  ])("is not %s", (text, message) => {
    const options = text === "2023-05-18" ? { segment: "live" } : {};
    expect(() => findPoint(files, text, options)).toThrow(message);
  });

  it.each([
    [
      "2023-05-23",
      { segment: "csv" },
      /Expected the segment sdn\/csv in the ledger, found .*sdn\/live, sdn\/older/,
    ],
    ["sdn-20230523", { segment: "csv" }, /Expected the segment sdn\/csv .* Choose with --list and --segment/],
    ["2023-05-23", { segment: "older", list: "consolidated" }, /the segment consolidated\/older/],
  ] as const)("is not %s of %j, which there is not; those there are are named", (text, options, message) => {
    expect(() => findPoint(files, text, options)).toThrow(
      expect.objectContaining({ code: "no-such-segment", message: expect.stringMatching(message) }),
    );
  });

  it.each(["2023-05-23", "sdn-20230523"])("is not %s where there is no ledger", (text) => {
    expect(() => findPoint(memoryFiles(), text)).toThrow(
      /Expected a segment of the sdn list in the ledger, found no segment at all\. Is --ledger/,
    );
  });

  it("is told from a file's name", () => {
    expect(["sdn-20230523", "consolidated-20230523.2", "2023-05-23"].every(isPoint)).toBe(true);
    expect(["SDN.CSV", "old.xml", "2023-05-23.csv"].some(isPoint)).toBe(false);
  });
});

describe("compose", () => {
  it("gives one change set for (a, b], the same as comparing the states", () => {
    for (const [i, from] of COMPOSED_HISTORY.entries()) {
      for (const [j, to] of COMPOSED_HISTORY.entries()) {
        const [a, b] = [days[i], days[j]];
        if (a === undefined || b === undefined) throw new Error("no such day");
        const found = composeRange(files, from.date, to.date, { segment: "live" });
        const { changes, unknown } = diffStates(a, b);
        expect({ changes: found.changes, unknown: found.unknown }).toEqual({ changes, unknown });
        expect(found.from.state.hash).toBe(stateHash(a.parties));
        expect(found.to.state.hash).toBe(stateHash(b.parties));
        expect(found.records).toHaveLength(Math.abs(i - j));
      }
    }
  });

  it("refuses two segments; diff compares them", () => {
    expect(() => composeRange(files, "sdn-20220103", "sdn-20230523")).toThrow(/sdn\/older.*sdn\/live/);
    const found = diffPoints(files, "sdn-20220103", "sdn-20230523", { judge: {} });
    expect(found.counts).toEqual({ added: { entity: 7, individual: 1 }, removed: {}, changed: {} });
    expect(found.headline).toBe("20230523: 7 entities, 1 individual added");
    expect(() => diffPoints(files, "sdn-20230523", "consolidated-20230519", { judge: {} })).toThrow(
      /of one list/,
    );
  });
});

describe("apply and revert of files", () => {
  const old = stateNdjson(at("sdn-20230519").parties);
  const now = stateNdjson(at("sdn-20230525").parties);
  const set = readChangeDocument(
    canonicalJson(composeRange(files, "sdn-20230519", "sdn-20230525")),
    "c.json",
  );
  const parse = (text: string) => readStateFile(text, "s.ndjson");

  it("lead from one state file to the other and back, whatever the order of lines and members", () => {
    const shuffled = old
      .trimEnd()
      .split("\n")
      .reverse()
      .map((line) => JSON.stringify(JSON.parse(line), null, 0));
    expect(stateNdjson(applyDocument(parse(shuffled.join("\r\n")), set, false))).toBe(now);
    expect(stateNdjson(applyDocument(parse(now), set, true))).toBe(old);
  });

  it.each([
    [
      "no states",
      () => ({}),
      /the state that the changes lead from .*found none\. Without it nothing is proven/,
    ],
    ["one state", ({ from }: Stated) => ({ from }), /the state that the changes lead to /],
    [
      "a hash taken out",
      ({ from, to }: Stated) => ({ from, to: { ...to, state: { parties: to.state.parties } } }),
      /lead to .*found \{"parties":10\}/,
    ],
    [
      "a hash that is none",
      ({ from, to }: Stated) => ({ from: { ...from, state: { ...from.state, hash: "sha256:ab" } }, to }),
      /lead from .*"sha256:ab"/,
    ],
    ["a record's states taken out", () => ({ state: { from: null, to: null } }), /lead from/],
  ] as const)("refuse changes with %s: nothing would be proven", (_, states, message) => {
    const { from, to, ...rest } = composeRange(files, "sdn-20230519", "sdn-20230525");
    const text = JSON.stringify({ ...rest, ...states({ from, to }) });
    expect(() => readChangeDocument(text, "d.json")).toThrow(message);
  });

  it("refuse changes that were altered and do not lead where they say", () => {
    const text = canonicalJson(composeRange(files, "sdn-20230519", "sdn-20230525"));
    const altered = readChangeDocument(
      text.replaceAll("PYONGYANG UNIVERSITY", "ANOTHER UNIVERSITY"),
      "d.json",
    );
    expect(altered).not.toEqual(set);
    expect(() => applyDocument(parse(old), altered, false)).toThrow(/The state reached: expected 10 parties/);
  });

  it("refuse a state that the change set does not begin with", () => {
    expect(() => applyDocument(parse(now), set, false)).toThrow(/The state given: expected 6 parties/);
    expect(() => applyDocument(parse(old), set, true)).toThrow(/The state given: expected 10 parties/);
  });

  it.each([
    ["no JSON", "{", /c\.json: expected a change set as JSON/],
    [
      "another version",
      '{"formatVersion":"2.0","changes":[],"unknown":[]}',
      /formatVersion 1\.0 or a later minor/,
    ],
    ["no change set", '{"changes":{}}', /c\.json: expected a change set, but it is not as its schema says/],
    [
      "a baseline",
      '{"formatVersion":"1.0","kind":"baseline","changes":[],"unknown":[]}',
      /a baseline, which has none; its state is published/,
    ],
  ])("refuse as changes %s", (_, text, message) => {
    expect(() => readChangeDocument(text, "c.json")).toThrow(message);
  });

  it.each([
    ["a line that is no JSON", `${old}{\n`, /s\.ndjson, line 7: expected a party as JSON/],
    [
      "a line that is no party",
      '{"uid":1}\n',
      /s\.ndjson, line 1: expected a party as its schema describes it/,
    ],
    ["a party that stands there twice", `${old}${old}`, /every party once, found uid 36 twice/],
  ])("refuse as state %s", (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it("let members of a later minor version pass", () => {
    const line = canonicalJson({ ...entity(7, "COMPOSED"), novelty: 1 });
    expect(stateNdjson(parse(line))).toBe(`${line}\n`);
  });
});

describe("verify of a state file", () => {
  it("says that it is right, or party by party what is not", () => {
    const { parties } = at("sdn-20230523");
    expect(verifyState(files, parties, "sdn-20230523").ok).toBe(true);
    const wrong = new Map(parties);
    wrong.delete(36);
    wrong.set(37, partyLine(entity(37, "TOO MANY")));
    wrong.set(306, partyLine(entity(306, "ANOTHER NAME")));
    expect(verifyState(files, wrong, "sdn-20230523")).toMatchObject({
      ok: false,
      missing: [36],
      surplus: [37],
      different: [306],
    });
  });
});

describe("CSV for spreadsheets", () => {
  it("quotes text, keeps numbers, and defuses what would be a formula", () => {
    expect(csvLine([7, "plain", 'say "x", y', "a;b", "a\r\nb"])).toBe(
      '7,plain,"say ""x"", y","a;b","a b"\r\n',
    );
    for (const formula of ["=1+1", "+7 495", "-1", "@x", "\t=1", " =1", "\uFF1D1", "\u202E=1", "\u0000=1"]) {
      expect(csvLine([formula])).toMatch(/^"'[^\t\r\n]*"\r\n$/);
    }
  });

  it("has one row a party with as many cells as columns", () => {
    const text = stateCsv(at("sdn-20230525").parties);
    const rows = text.trimEnd().split("\r\n");
    expect(rows).toHaveLength(11);
    expect(rows[0]?.split(",")).toHaveLength(26);
    expect(rows[1]).toMatch(/^36,entity,"COMPOSED COMPANY, RENAMED","Also known as: /);
  });
});
