import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseEntry, parseNotice, parsePressRelease, readNotice } from "../../src/parse/index.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";

const pages = hasSharedData
  ? readdirSync(sharedData("notices"))
      .filter((name) => name.endsWith(".html"))
      .sort()
  : [];
const notice = (name: string) =>
  parseNotice(readFileSync(sharedData(`notices/${name}`)), {
    url: `https://ofac.treasury.gov/recent-actions/${name.replace(".html", "")}`,
  });

describe.skipIf(!hasSharedData)("OFAC's own pages", () => {
  it("are all there", () => {
    expect(pages.length).toBeGreaterThanOrEqual(12);
  });

  for (const name of pages) {
    it(`${name}: title, date, node; every heading understood, every entry read with nothing left over`, () => {
      const page = notice(name);
      const day = name.slice(0, 8);
      expect(page.date.replaceAll("-", "")).toBe(day);
      expect(page.id).toBe(day);
      expect(page.nodeId).toMatch(/^\d{6}$/);
      expect(page.title).not.toBe("");
      expect(page.issues).toEqual([]);
      const entries = page.sections.flatMap((section) => section.entries);
      expect(entries.length).toBeGreaterThan(0);
      const reading = readNotice(page);
      expect(reading.issues).toEqual([]);
      expect(reading.lines).toHaveLength(entries.length);
      for (const line of reading.lines) {
        expect(line.list).toBe("SDN List");
        for (const side of [line.before, line.after]) {
          if (side === undefined) continue;
          expect(side.leftover, side.text).toEqual([]);
          expect(
            side.claims.filter((claim) => claim.unknown),
            side.text,
          ).toEqual([]);
          expect(
            side.claims.some((claim) => claim.area === "program"),
            side.text,
          ).toBe(true);
          // Whatever has no label is an office or rank.
          for (const claim of side.claims.filter((c) => c.area === "remarks" || c.area === "title")) {
            expect(claim.value).toMatch(/Official|Chief|General/);
          }
        }
      }
      for (const section of page.sections) {
        if (section.partyType === null) continue;
        for (const { text } of section.entries) expect(parseEntry(text).type).toBe(section.partyType);
      }
    });
  }

  it("2023-05-23: one individual, four entities, the Korean name, the licence and its link", () => {
    const page = notice("20230523.html");
    expect(page.sections.map((s) => [s.list, s.operation, s.partyType, s.entries.length])).toEqual([
      ["SDN List", "add", "individual", 1],
      ["SDN List", "add", "entity", 4],
    ]);
    const kim = readNotice(page).lines[0]?.after;
    expect(kim?.name).toBe("KIM, Sang Man");
    expect(kim?.claims.filter((c) => c.label === "Korean")).toMatchObject([{ value: "김상만", renders: 0 }]);
    expect(kim?.claims.filter((c) => c.area === "wallet")).toHaveLength(6);
    expect(kim?.claims.filter((c) => c.area === "document")).toHaveLength(3);
    expect(page.items.map((item) => [item.kind, item.numbers, item.topic])).toEqual([
      ["list-update", [], undefined],
      ["general-licence", ["8L"], "Venezuela-related"],
    ]);
    const licence = page.items[1];
    expect(licence?.title).toMatch(
      /^Authorizing Transactions Involving Petróleos de Venezuela, S\.A\. \(PdVSA\) .* Certain Entities$/,
    );
    expect(licence?.links).toEqual([
      {
        title: "Venezuela-related General License 8L",
        url: "https://ofac.treasury.gov/media/931811/download?inline",
      },
    ]);
  });

  it("jy1498: four entities and one individual, five bold names, three orders, one link back", () => {
    const release = parsePressRelease(readFileSync(sharedData("press/jy1498.md")));
    expect(release).toMatchObject({
      id: "jy1498",
      date: "2023-05-23",
      authorities: ["E.O. 13687", "E.O. 13722", "E.O. 13810"],
      issues: [],
    });
    expect(release.numbers[0]).toMatchObject({
      counts: { entity: 4, individual: 1 },
      text: "four entities and one individual",
      paragraph: 0,
    });
    expect(release.bold.slice(0, 5)).toEqual([
      "Pyongyang University of Automation",
      "Technical Reconnaissance Bureau",
      "110th Research Center",
      "Chinyong Information Technology Cooperation Company",
      "Kim Sang Man",
    ]);
    expect(release.notices.map((link) => link.url)).toEqual([
      "https://ofac.treasury.gov/recent-actions/20230523",
    ]);
    expect(release.text).not.toMatch(/\*\*|\]\(/);
  });
});
