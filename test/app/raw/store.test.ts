import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDelta, makeDelta } from "../../../src/app/raw/line-delta.ts";
import { openRawStore, type RawSource } from "../../../src/app/raw/store.ts";
import { verifyRaw } from "../../../src/app/raw/verify.ts";
import { type LedgerRecord, sha256 } from "../../../src/domain/index.ts";
import type { LedgerFiles } from "../../../src/ledger/index.ts";
import { appendDay, COMPOSED_HISTORY } from "../../support/composed-ledger.ts";
import { Crash, crashingFiles, crashPoints, memoryFiles } from "../../support/crashing-files.ts";

const NOW = "2023-05-25T20:00:00Z";
const text = (content: string) => new TextEncoder().encode(content);

function source(content: string, file = "SDN.CSV"): RawSource {
  const bytes = text(content);
  return {
    ref: { file, sha256: sha256(bytes), bytes: bytes.length, provenance: "composed" },
    bytes,
    receipt: null,
  };
}

/** A list of two hundred lines on a day: the line of that day is its own, and all stand in another order. */
function listOn(day: number): string {
  const lines = Array.from(
    { length: 200 },
    (_, i) => `${i},"COMPOSED PARTY ${i * 7_919}",CUBA${i === day ? "2" : ""}\r\n`,
  );
  return [...lines.slice(day), ...lines.slice(0, day)].join("");
}

/** A chain of records whose files are kept, and what they were. */
function kept(days: number, raw: LedgerFiles = memoryFiles()) {
  const ledger = memoryFiles();
  const contents = new Map<string, RawSource>();
  for (let day = 0; day < days; day += 1) {
    const one = source(listOn(day));
    const at = COMPOSED_HISTORY[day % COMPOSED_HISTORY.length];
    const date = `2023-06-${String(day + 1).padStart(2, "0")}`;
    const stored = appendDay(ledger, { date, parties: at?.parties ?? [] }, {}, { sources: [one.ref] });
    const store = openRawStore(raw);
    store.keep(stored, [one], NOW);
    store.commit();
    contents.set(stored.record.id, one);
  }
  return { ledger, raw, contents };
}

describe("a delta by lines", () => {
  it("gives the target back, whatever the two are", () => {
    const lines = fc.array(fc.constantFrom("a\n", "b\r\n", "c", "\n", "i 3\n", "c 0 1\n", "\u0000\xff\n"), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const [base, target] = [text(a.join("")), text(b.join(""))];
        expect(Buffer.from(applyDelta(base, makeDelta(base, target)))).toEqual(Buffer.from(target));
      }),
    );
  });

  it("takes next to nothing for a list that was only put in another order", () => {
    const [base, target] = [text(listOn(3)), text(listOn(150))];
    expect(makeDelta(base, target).length).toBeLessThan(target.length / 20);
  });

  it.each(["x 1\n", "c 0\n", "c 5 9\n", "i 9\nabc", "i 1", "c -1 3\n"])("refuses %j", (delta) => {
    expect(() => applyDelta(text("0123456789"), text(delta))).toThrow(/expected "c <offset> <length>"/);
  });
});

describe("the store of source files", () => {
  it("gives every file back byte for byte, and says of each record which it used", () => {
    const { raw, ledger, contents } = kept(12);
    const store = openRawStore(raw);
    for (const [id, { ref, bytes }] of contents) {
      expect(Buffer.from(store.read(ref.sha256) ?? [])).toEqual(Buffer.from(bytes));
      const entry = store.entry({ list: "sdn", segment: "live", id });
      expect(entry?.files.map(({ file, sha256: hash }) => [file, hash])).toEqual([["SDN.CSV", ref.sha256]]);
    }
    expect(verifyRaw(raw, ledger)).toMatchObject({
      ok: true,
      entries: 12,
      withoutFiles: 0,
      withoutRecord: 0,
    });
  });

  it("writes most of them as differences, none further than a few steps from a whole one", () => {
    const { raw, ledger, contents } = kept(12);
    const report = verifyRaw(raw, ledger);
    expect(report.keptBytes).toBeLessThan(report.plainBytes / 20);
    const store = openRawStore(raw);
    const places = [...contents.keys()].map((id) => {
      const object = store.entry({ list: "sdn", segment: "live", id })?.files[0]?.object;
      return [object?.place, object?.base === null];
    });
    expect(places[0]).toEqual([0, true]);
    expect(places.slice(1).every(([, isWhole]) => isWhole === false)).toBe(true);
    expect(places.map(([place]) => place)).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });

  it("keeps a file once, however many records used it", () => {
    const { raw, ledger, contents } = kept(3);
    const before = verifyRaw(raw, ledger);
    const again = [...contents.values()][0];
    const stored = appendDay(
      ledger,
      { date: "2023-07-01", parties: [] },
      {},
      { sources: again === undefined ? [] : [again.ref] },
    );
    const store = openRawStore(raw);
    store.keep(stored, again === undefined ? [] : [again], NOW);
    expect(store.commit()).toHaveLength(1);
    expect(verifyRaw(raw, ledger)).toMatchObject({
      ok: true,
      entries: 4,
      files: 3,
      keptBytes: before.keptBytes,
    });
  });

  it("writes nothing when all of it is there", () => {
    const { raw, ledger, contents } = kept(2);
    const [[, one] = []] = contents;
    const store = openRawStore(raw);
    const record = { list: "sdn", segment: "live", id: "sdn-20230601" } as LedgerRecord;
    const entry = store.entry(record);
    expect(entry).toBeDefined();
    if (entry !== undefined && one !== undefined) {
      store.keep(
        { record: { ...record, previous: null }, hash: entry.record },
        [one],
        "2030-01-01T00:00:00Z",
      );
    }
    expect(store.commit()).toEqual([]);
    expect(verifyRaw(raw, ledger).ok).toBe(true);
  });

  it("begins with a whole file again where a difference would save nothing", () => {
    const { raw, ledger, contents } = kept(2);
    const other = source(Array.from({ length: 200 }, (_, i) => `${i * 31},OTHER ${i ** 3}\n`).join(""));
    const stored = appendDay(ledger, { date: "2023-07-01", parties: [] }, {}, { sources: [other.ref] });
    const store = openRawStore(raw);
    store.keep(stored, [other], NOW);
    store.commit();
    expect(store.entry(stored.record)?.files[0]?.object).toMatchObject({ base: null, place: 0 });
    expect(verifyRaw(raw, ledger).ok).toBe(true);
    expect(contents.size).toBe(2);
  });
});

describe("verify of the store names", () => {
  const damage = (raw: ReturnType<typeof memoryFiles>, pick: (path: string) => boolean) => {
    const path = [...raw.content.keys()].filter(pick).sort()[0] ?? "";
    const bytes = Uint8Array.from(raw.content.get(path) ?? []);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    raw.content.set(path, bytes);
    return path;
  };

  it("a flipped bit in any file, wherever it is", () => {
    const { raw, ledger } = kept(4);
    if (!("content" in raw)) throw new Error("not in memory");
    const files = raw as ReturnType<typeof memoryFiles>;
    const whole = new Map(files.content);
    for (const path of [...whole.keys()].filter((one) => one !== "README.md")) {
      damage(files, (one) => one === path);
      const { ok, problems } = verifyRaw(files, ledger);
      expect(ok, path).toBe(false);
      expect(
        problems.map(({ file }) => file),
        path,
      ).toContain(path);
      files.content.clear();
      for (const [name, bytes] of whole) files.content.set(name, bytes);
    }
    expect(verifyRaw(files, ledger).ok).toBe(true);
  });

  it("a missing object, one that nothing names, and files that are another record's", () => {
    const { raw, ledger } = kept(3);
    const files = raw as ReturnType<typeof memoryFiles>;
    const [object = ""] = [...files.content.keys()].filter((path) => path.endsWith(".delta.br")).sort();
    const bytes = files.content.get(object) ?? new Uint8Array();
    files.content.delete(object);
    expect(verifyRaw(files, ledger).problems.map(({ code }) => code)).toContain("object-missing");
    files.content.set(object, bytes);
    files.content.set("objects/00/foreign.br", bytes);
    expect(verifyRaw(files, ledger).problems).toMatchObject([
      { file: "objects/00/foreign.br", code: "unlisted" },
    ]);
    files.content.delete("objects/00/foreign.br");
    const other = kept(3).ledger;
    appendDay(other, { date: "2023-06-09", parties: [] });
    expect(verifyRaw(files, other)).toMatchObject({ ok: true, withoutFiles: 1 });
    const rewritten = memoryFiles();
    appendDay(rewritten, { date: "2023-06-01", parties: [] }, {}, { sources: [source("x").ref] });
    expect(verifyRaw(files, rewritten).problems).toMatchObject([
      { file: "index/sdn/live/2023/sdn-20230601.json", code: "record-mismatch" },
    ]);
  });
});

it("loses nothing over a crash before, within and after every single effect", () => {
  const undisturbed = memoryFiles();
  const counting = crashingFiles(undisturbed, undefined);
  kept(2, counting);
  const points = crashPoints(counting.effects());
  expect(points.length).toBeGreaterThan(15);
  for (const point of points) {
    const raw = memoryFiles();
    expect(() => kept(2, crashingFiles(raw, point))).toThrow(Crash);
    expect(verifyRaw(raw, memoryFiles()).problems, JSON.stringify(point)).toEqual([]);
    kept(2, raw);
    expect(new Map([...raw.content].sort()), JSON.stringify(point)).toEqual(
      new Map([...undisturbed.content].sort()),
    );
  }
});
