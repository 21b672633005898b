import { describe, expect, it } from "vitest";
import { EVENT_KINDS, KNOWN_PROGRAMS, nearestWord, PARTY_TYPES } from "../../src/domain/index.ts";

describe("the nearest known word", () => {
  it.each([
    ["lisitng", "listing"],
    ["delistng", "delisting"],
    ["RELISTING", "re-listing"],
    ["fto_gained", "fto-gained"],
  ])("to %s is %s", (text, word) => {
    expect(nearestWord(text, EVENT_KINDS)).toBe(word);
  });

  it("is itself for each that is known", () => {
    for (const words of [EVENT_KINDS, PARTY_TYPES, KNOWN_PROGRAMS])
      for (const word of words) expect(nearestWord(word, words)?.toUpperCase()).toBe(word.toUpperCase());
  });

  it("is what was most likely meant, and none where none is close", () => {
    const known = ["lists", "profile", "mail", "smtpHost"];
    const meant = (word: string) => nearestWord(word, known);
    expect(["list", "MAIL", "smpthost", "profil"].map(meant)).toEqual([
      "lists",
      "mail",
      "smtpHost",
      "profile",
    ]);
    expect(["zebra", "x", ""].map(meant)).toEqual([undefined, undefined, undefined]);
    expect(nearestWord("x", [])).toBeUndefined();
  });
});
