import fc from "fast-check";
import { expect, test } from "vitest";
import { findTerm, fold, foldCharacter, foldedWords } from "../../src/render/fold.ts";

test("case, accents, transcription marks and letters of other alphabets", () => {
  expect(foldedWords("AL-ZAWĀHIRĪ, Ayman")).toEqual(["al", "zawahiri", "ayman"]);
  expect(foldedWords("Łódź Straße Đurić Søren")).toEqual(["lodz", "strasse", "duric", "soren"]);
  expect(foldedWords("Mu'ammar Mu’ammar Muammar")).toEqual(["muammar", "muammar", "muammar"]);
  expect(foldedWords("КАЛАШНИКОВ Алёна Андрей")).toEqual(["калашников", "алена", "андреи"]);
  expect(foldedWords("شَرِكَةُ أحمد")).toEqual(foldedWords("شركه احمد"));
  expect(foldedWords("정찰총국 조선")).toEqual(["정찰총국", "조선"]);
  expect(foldedWords("华为ABC公司")).toEqual(["华", "为", "abc", "公", "司"]);
  expect(foldedWords("IMO 9999991; 12bc1qXYZ")).toEqual(["imo", "9999991", "12bc1qxyz"]);
  expect(foldedWords("  — ")).toEqual([]);
});

test("a term is found as whole words, whatever its spelling, at its place in the text", () => {
  const text = "The CHÍNYONG Information company; Chinyongs are another.";
  expect(
    findTerm(text, foldedWords("chinyong information")).map(({ from, to }) => text.slice(from, to)),
  ).toEqual(["CHÍNYONG Information"]);
  expect(findTerm(text, foldedWords("chin"))).toEqual([]);
  expect(findTerm("华为公司", foldedWords("为公")).map(({ from, to }) => [from, to])).toEqual([[1, 3]]);
  expect(findTerm("anything", [])).toEqual([]);
});

test("folding twice changes nothing, and words contain no separator", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
      for (const word of foldedWords(text)) expect(foldedWords(word)).toEqual([word]);
    }),
  );
});

test("texts that are ASCII alone, and characters met before, fold as each character does by itself", () => {
  const slowly = (text: string) => [...text.normalize("NFC")].map(foldCharacter).join("");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary-ascii" }),
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "binary" }),
      ),
      (text) => {
        expect(fold(text)).toBe(slowly(text));
        // A letter outside ASCII beside it sends the text the long way.
        expect(foldedWords(`${text} é`)).toEqual([...foldedWords(text), "e"]);
      },
    ),
  );
});

test("a letter never comes apart into a separator", () => {
  expect(foldedWords("Ŀ ŉ ½")).toEqual(["l", "n", "12"]);
  for (const text of ["Ŀ", "ŉ", "COĿLEGI", "½"]) {
    expect(fold(fold(text))).toBe(fold(text));
    for (const word of foldedWords(text)) expect(findTerm(text, [word])).toHaveLength(1);
  }
});

test("every word of a text is found in that text", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-zÀ-ž\u0400-\u045f\u4e00-\u4e20' ,.-]{0,40}$/u), (text) => {
      for (const word of foldedWords(text)) expect(findTerm(text, [word]).length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});
