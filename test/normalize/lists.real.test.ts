import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { decodeParty, linkedName, type Party, partyLine, stateHash } from "../../src/domain/index.ts";
import { deltaFacts, deltaParty, interpret, type Memory } from "../../src/normalize/index.ts";
import { openList, parseDelta } from "../../src/parse/index.ts";
import { printSegment, splitRemarks } from "../../src/parse/remarks.ts";
import { bytes, enhancedXml } from "../parse/composed.ts";
import { allCapturePaths } from "../support/csv-series.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import { partiesOf, readReal, realBytes } from "./real-lists.ts";

const FETCHED = ["11-29", "12-04", "12-10", "12-12", "12-13", "12-17", "12-18", "12-19", "12-20"];

describe.skipIf(!hasSharedData)("real CONSOLIDATED.XML", () => {
  it("nine captures with different bytes are two states, apart by one party", async () => {
    const results = await Promise.all(
      FETCHED.map((day) =>
        readReal("consolidated", [`consolidated-xml/fetched-2025-${day}.CONSOLIDATED.XML.gz`]),
      ),
    );
    const hashes = results.map((result) => stateHash(result.state.parties));
    expect(new Set(hashes).size).toBe(2);
    expect(new Set(hashes.slice(0, 7)).size).toBe(1);
    expect(new Set(hashes.slice(7)).size).toBe(1);
    const [before, after] = [results[6], results[7]];
    const gone = [...(before?.state.parties.keys() ?? [])].filter((uid) => !after?.state.parties.has(uid));
    expect(gone).toEqual([26182]);
    for (const [uid, line] of after?.state.parties ?? [])
      expect(line).toEqual(before?.state.parties.get(uid));
    expect(results.flatMap((result) => result.issues)).toEqual([]);
  });

  it.each([
    ["2018-04-06", 639],
    ["2020-03-17", 375],
    ["2024-05-06", 443],
    ["2025-01-15", 443],
  ])("of %s has %i parties and nothing unknown", async (day, count) => {
    const result = await readReal("consolidated", [`consolidated-xml/${day}.CONSOLIDATED.XML.gz`]);
    expect(result.state.parties.size).toBe(count);
    expect(result.issues).toEqual([]);
  });
});

describe.skipIf(!hasSharedData)("the real series of SDN.CSV", () => {
  it("is read without any warning; remarks of every row print back", async () => {
    const paths = allCapturePaths().slice(0, -1);
    expect(paths).toHaveLength(308);
    let memory: Memory | undefined;
    const seen = new Set<string>();
    let cut = 0;
    for (const path of paths) {
      const result = await readReal("sdn", [path], memory);
      expect(result.issues, path).toEqual([]);
      memory = result.memory;
      for (const { raw } of result.memory.records) {
        if (seen.has(raw)) continue;
        seen.add(raw);
        const remarks = remarksOf(raw);
        if (remarks === undefined) continue;
        if (remarks.length === 1000) cut++;
        expect(printed(remarks)).toBe(plain(remarks));
      }
    }
    // Every row that ever stood in the series, not every capture's: most rows never change.
    expect(seen.size).toBeGreaterThan(16_000);
    expect(cut).toBeGreaterThan(10);
  });

  it("links to parties by their very names, but for those that are not on the list", async () => {
    for (const path of allCapturePaths().filter((_, index) => index % 100 === 7)) {
      const parties = [...partiesOf(await readReal("sdn", [path])).values()];
      // The dot at the end of a name is no part of a link to it, as remarks cannot show whose it is.
      const names = new Set(parties.map((party) => linkedName(party.name.full)));
      const targets = parties.flatMap((party) => party.relationships ?? []).map((link) => link.targetName);
      const unknown = targets.filter((name) => !names.has(name));
      expect(targets.length).toBeGreaterThan(3000);
      expect(unknown.length / targets.length).toBeLessThan(0.01);
      // None of them misses its party by a dot.
      expect(unknown.filter((name) => names.has(`${name}.`) || names.has(name.replace(/\.$/, "")))).toEqual(
        [],
      );
    }
  });

  it("gives the same state with and without what is remembered", async () => {
    const paths = allCapturePaths().filter((_, index) => index % 60 === 20);
    let memory: Memory | undefined;
    for (const path of paths) {
      const short = await readReal("sdn", [path], memory);
      const long = await readReal("sdn", [path]);
      expect(stateHash(short.state.parties)).toBe(stateHash(long.state.parties));
      expect(long.read).toBe(long.state.parties.size);
      if (memory !== undefined) expect(short.read).toBeLessThan(long.read);
      memory = short.memory;
    }
  });
});

/** The last column, read by another CSV reader. */
function remarksOf(row: string): string | undefined {
  const [fields] = parse(row) as string[][];
  const remarks = fields?.[11] ?? "";
  return remarks.trim() === "-0-" ? undefined : remarks;
}

function printed(remarks: string): string {
  return splitRemarks(remarks, { cut: remarks.length === 1000 })
    .map(printSegment)
    .join("; ")
    .replace(/\.$/, "");
}

/** Remarks without what segments leave out: `alt. ` and the final dot. */
function plain(remarks: string): string {
  const pieces = remarks.split("; ");
  const last = remarks.length === 1000 ? pieces.pop() : undefined;
  const text = pieces
    .map((piece) => piece.replace(/^alt\. /, ""))
    .concat(last ?? [])
    .join("; ");
  return text.replace(/\.$/, "");
}

describe.skipIf(!hasSharedData)("real CSV sets", () => {
  it.each([
    ["2018-12-20", ["SDN", "ADD", "ALT", "SDN_COMMENTS"], 7379],
    ["2021-07-07", ["SDN", "ADD", "ALT", "SDN_COMMENTS"], 8976],
    ["2023-12-28", ["SDN", "ADD", "ALT"], 13_821],
  ])("of %s joins completely", async (day, files, count) => {
    const paths = files.map((file) => `sdn-csv-sets/${day}/${file}.CSV.gz`);
    const result = await readReal("sdn", paths);
    const parties = [...partiesOf(result).values()];
    expect(parties).toHaveLength(count);
    // 2018 was saved without end marks, 2021's comments have none of their own.
    expect([...new Set(result.issues.map((issue) => issue.code))]).toEqual(
      day === "2023-12-28" ? [] : ["no-end-mark"],
    );
    const rows = (file: string) =>
      Buffer.from(realBytes(`sdn-csv-sets/${day}/${file}.CSV.gz`))
        .toString("utf8")
        .split(/\r?\n/)
        .filter((row) => /^\d/.test(row));
    const aliases = parties
      .flatMap((party) => party.aliases ?? [])
      .filter((alias) => alias.uid !== undefined);
    expect(aliases).toHaveLength(rows("ALT").length);
    // A row of ADD.CSV that says nothing stands for "no address".
    const addresses = parties.flatMap((party) => party.addresses ?? []);
    expect(addresses).toHaveLength(
      rows("ADD").filter((row) => !/^\d+,\d+(?:,-0-? ?){3,4}$/.test(row)).length,
    );
    const cut = parties.flatMap((party) => party.remarks ?? []).filter((remark) => remark.cut === true);
    expect(cut.length > 0).toBe(!files.includes("SDN_COMMENTS"));
  });

  it("continue remarks that were cut, inside a word", async () => {
    const paths = ["SDN", "ADD", "ALT", "SDN_COMMENTS"].map(
      (file) => `sdn-csv-sets/2021-07-07/${file}.CSV.gz`,
    );
    const [whole, alone] = [
      partiesOf(await readReal("sdn", paths)),
      partiesOf(await readReal("sdn", paths.slice(0, 1))),
    ];
    const links = (parties: typeof whole) => parties.get(12300)?.relationships?.length ?? 0;
    expect(links(whole)).toBeGreaterThan(links(alone) + 10);
    expect(alone.get(12300)?.remarks?.some((remark) => remark.cut === true)).toBe(true);
    const names = new Set([...whole.values()].map((party) => linkedName(party.name.full)));
    const known = whole.get(12300)?.relationships?.filter((link) => names.has(link.targetName)) ?? [];
    expect(known).toHaveLength(links(whole));
  });
});

const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;

describe.skipIf(!hasSharedData)("the real Enhanced export of the IRGC program", () => {
  const path = "enhanced-xml/2024-08-28.program-IRGC-export.xml.gz";

  it("has 293 parties, Arabic names without bidi controls, and every link's target", async () => {
    const text = Buffer.from(realBytes(path)).toString("utf8");
    expect(text).toMatch(BIDI);
    const result = await readReal("sdn", [path]);
    const parties = [...partiesOf(result).values()];
    expect(parties).toHaveLength(293);
    expect(result.issues).toEqual([]);
    for (const { line } of result.state.parties.values()) expect(line).not.toMatch(BIDI);
    const arabic = parties
      .flatMap((p) => [p.name, ...(p.aliases ?? [])])
      .flatMap((name) => name.scripts ?? []);
    expect(
      arabic.filter(
        (form) => form.script === "Arabic" && /^[\p{Script=Arabic}\u200c\s()،.-]+$/u.test(form.full),
      ).length,
    ).toBeGreaterThan(80);
    const targets = parties.flatMap((party) => party.relationships ?? []).map((link) => link.targetUid);
    expect(targets.filter((uid) => uid !== undefined)).toHaveLength(targets.length);
    expect(targets.length).toBe((text.match(/<relationship id=/g) ?? []).length);
  });
});

const NOBODY: Party = { uid: 0, type: "", name: { full: "" }, blocking: "no" };

describe.skipIf(!hasSharedData)("real deltas", () => {
  const read = (name: string) => parseDelta(readFileSync(sharedData(`delta/${name}`)), name);

  it("of 2026-08-26 adds five entities", () => {
    const delta = read("2026-08-26_delta.xml");
    expect(delta.notes).toEqual([]);
    expect(deltaFacts([{ publication: 1, delta }]).entities.map((e) => [e.op, e.uid, e.lists])).toEqual(
      [58105, 58314, 58462, 58463, 58464].map((uid) => ["add", uid, ["SDN List"]]),
    );
    const parties = delta.entities.map(deltaParty);
    expect(parties.map((party) => [party?.type, party?.blocking])).toEqual([
      ["entity", "yes"],
      ["entity", "yes"],
      ["entity", "yes"],
      ["individual", "yes"],
      ["individual", "yes"],
    ]);
    expect(parties[0]?.name.full).toBe("PALESTINE ACTION");
  });

  it("of 2026-08-26 adds exactly what an Enhanced file with those five would", async () => {
    const name = "2026-08-26_delta.xml";
    const text = Buffer.from(realBytes(`delta/${name}`))
      .toString("utf8")
      .replaceAll(' action="add"', "");
    const entities = text.match(/<entity [\s\S]*?<\/entity>/g) ?? [];
    const parsed = await openList([{ name: "SDN_ENHANCED.XML", bytes: bytes(enhancedXml(entities)) }]);
    const { state, issues } = await interpret(parsed, { list: "sdn" });
    expect(issues).toEqual([]);
    expect([...state.parties.values()].map(decodeParty)).toEqual(
      read(name).entities.map((entity) => decodeParty(partyLine(deltaParty(entity) ?? NOBODY))),
    );
  });

  it("of 2026-08-24 modifies and removes", () => {
    const delta = read("2026-08-24_delta.excerpt.xml");
    expect(delta.notes).toEqual([]);
    const facts = deltaFacts([{ publication: 1, delta }]);
    expect(facts.entities).toContainEqual({
      uid: 12060,
      op: "modify",
      lists: [],
      areas: ["program", "legal-authority", "address"],
    });
    expect(facts.entities.find((entity) => entity.uid === 16937)).toMatchObject({ op: "remove" });
  });
});

describe.skipIf(!hasSharedData)("real states", () => {
  it("decode to what they were written from", async () => {
    const result = await readReal("consolidated", ["enhanced-xml/2025-01-10.CONS_ENHANCED.ZIP"]);
    expect(result.issues).toEqual([]);
    for (const line of result.state.parties.values()) expect(decodeParty(line).uid).toBe(line.uid);
  });
});
