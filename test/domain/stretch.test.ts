import { describe, expect, it } from "vitest";
import { densityOf, gradeOf, type LedgerRecord, type Provenance } from "../../src/domain/index.ts";

interface Facts {
  readonly date: string | null;
  readonly after?: string;
  readonly kind?: LedgerRecord["kind"];
  readonly origin?: LedgerRecord["origin"];
  readonly provenance?: Provenance;
}

function record({ date, after, kind = "publication", origin = "import", provenance }: Facts): LedgerRecord {
  const facts = {
    id: `sdn-${date}`,
    date,
    kind,
    origin,
    window: { after: after ?? null, notLaterThan: null },
    sources: [{ provenance: provenance ?? "third-party capture" }],
  };
  // Density looks at nothing else of a record.
  return facts as unknown as LedgerRecord;
}

const days = (...facts: Facts[]) => densityOf(facts.map(record));

describe("the density of a segment", () => {
  it("is one stretch while files lie three weeks apart at the most", () => {
    const found = days(
      { date: "2023-05-01", kind: "baseline" },
      { date: "2023-05-22" },
      { date: "2023-06-12" },
    );
    expect(found).toEqual({
      stretches: [{ from: "2023-05-01", to: "2023-06-12", records: 3 }],
      gaps: [],
      provenance: { "third-party capture": 3 },
    });
  });

  it("has a gap where they lie further apart, and says which record holds all of it", () => {
    const found = days(
      { date: "2018-04-06", kind: "baseline" },
      { date: "2020-03-17" },
      { date: "2020-03-20" },
    );
    expect(found.stretches).toEqual([
      { from: "2018-04-06", to: "2018-04-06", records: 1 },
      { from: "2020-03-17", to: "2020-03-20", records: 2 },
    ]);
    expect(found.gaps).toEqual([
      { after: "2018-04-06", until: "2020-03-17", days: 711, id: "sdn-2020-03-17" },
    ]);
  });

  it("has none where files that said nothing new lie in between", () => {
    const found = days(
      { date: "2025-10-22", kind: "baseline" },
      { date: "2025-12-18", after: "2025-12-18T00:00:00Z" },
    );
    expect(found.gaps).toEqual([]);
    expect(found.stretches).toEqual([{ from: "2025-10-22", to: "2025-12-18", records: 2 }]);
  });

  it("begins the gap with the last file that said nothing new", () => {
    const [gap] = days(
      { date: "2023-01-01", kind: "baseline" },
      { date: "2023-12-01", after: "2023-02-01T15:00:00Z" },
    ).gaps;
    expect(gap).toMatchObject({ after: "2023-02-01", until: "2023-12-01", days: 303 });
  });

  it("leaves out revisions, undated records, and the gaps of a chain that follows OFAC", () => {
    const found = days(
      { date: "2023-01-01", kind: "baseline" },
      { date: null },
      { date: "2024-01-01", kind: "correction" },
    );
    expect(found.stretches).toEqual([{ from: "2023-01-01", to: "2023-01-01", records: 1 }]);
    expect(days({ date: "2023-01-01", origin: "live" }, { date: "2023-06-01", origin: "live" }).gaps).toEqual(
      [],
    );
  });

  it("counts each record under the least of its files", () => {
    expect(gradeOf(["official file", "third-party capture"])).toBe("third-party capture");
    expect(gradeOf(["official file", "official delta"])).toBe("official delta");
    const found = days(
      { date: "2023-01-01", provenance: "official file" },
      { date: "2023-01-02", provenance: "composed" },
      { date: "2023-01-03", provenance: "official file" },
    );
    expect(found.provenance).toEqual({ composed: 1, "official file": 2 });
  });
});
