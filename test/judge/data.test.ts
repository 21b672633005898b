import { describe, expect, it } from "vitest";
import { isIsoDate } from "../../src/domain/index.ts";
import { PROGRAM_ENDS, programEnd } from "../../src/judge/data/program-ends.ts";
import { PROGRAM_RENAMES, programRename } from "../../src/judge/data/program-renames.ts";
import { SAME_WORDINGS, sameWording } from "../../src/judge/data/same-wordings.ts";
import { knownPrograms, programInfo } from "../../src/judge/index.ts";

describe("what is known of programs", () => {
  it("has a title, an authority, a page of OFAC's, a source and a date for each", () => {
    const programs = knownPrograms();
    expect(programs.length).toBeGreaterThan(95);
    for (const one of programs) {
      expect(one.title, one.tag).toMatch(/\S{3,}/);
      expect(one.authority, one.tag).toMatch(/EO \d{5}|CFR|P\.L\.|U\.S\.C\.|Act|executive order/);
      expect(one.page, one.tag).toMatch(/^https:\/\/ofac\.treasury\.gov\/[a-z0-9/-]+$/);
      expect(one.source, one.tag).not.toBe("");
      expect(isIsoDate(one.asOf), one.tag).toBe(true);
    }
    const tags = programs.map((one) => one.tag);
    expect(tags).toEqual([...tags].sort());
    expect(new Set(tags).size).toBe(tags.length);
  });

  it("knows a tag exactly as OFAC writes it, and nothing else", () => {
    expect(programInfo("DPRK2")?.authority).toBe("EO 13687");
    expect(programInfo("dprk2")).toBeUndefined();
    expect(programInfo("COMPOSED-EO1")).toBeUndefined();
  });
});

describe("renames and ends", () => {
  it("have a source and a date, and are of programs we know", () => {
    for (const { from, to, date, source } of PROGRAM_RENAMES) {
      expect(programInfo(from), from).toBeDefined();
      expect(programInfo(to), to).toBeDefined();
      expect(isIsoDate(date), from).toBe(true);
      expect(source.length, from).toBeGreaterThan(20);
    }
    for (const { tag, date, source } of PROGRAM_ENDS) {
      expect(programInfo(tag), tag).toBeDefined();
      expect(isIsoDate(date), tag).toBe(true);
      expect(source, tag).toMatch(/Executive Order \d{5}/);
    }
  });

  it("are of one direction: a rename undone, or another authority, is a change", () => {
    expect(programRename("ILLICIT-DRUGS-EO", "ILLICIT-DRUGS-EO14059")).toBeDefined();
    expect(programRename("ILLICIT-DRUGS-EO14059", "ILLICIT-DRUGS-EO")).toBeUndefined();
    expect(programRename("ZIMBABWE", "GLOMAG")).toBeUndefined();
    expect(programRename("PEESA", "PEESA-EO14039")).toBeUndefined();
    expect(programEnd("GLOMAG")).toBeUndefined();
  });

  it("keep apart: no program was both renamed and ended under one tag", () => {
    const ended = PROGRAM_ENDS.map((end) => end.tag);
    expect(PROGRAM_RENAMES.filter((rename) => ended.includes(rename.from))).toEqual([]);
  });
});

describe("wordings that mean the same", () => {
  it("have a source and a date, and hold both ways", () => {
    for (const { from, to, date, source } of SAME_WORDINGS) {
      expect(sameWording(from, to)).toBeDefined();
      expect(sameWording(to, from)).toBeDefined();
      expect(isIsoDate(date)).toBe(true);
      expect(source.length).toBeGreaterThan(20);
    }
    expect(sameWording("See Section 11 of Executive Order 14024.", "anything else")).toBeUndefined();
  });
});
