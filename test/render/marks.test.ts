import fc from "fast-check";
import { expect, test } from "vitest";
import { markWords, type Segment } from "../../src/render/marks.ts";

const whole = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join("");
const marked = (segments: readonly Segment[]): string[] =>
  segments.filter((s) => s.marked).map((s) => s.text);

test("marks the words that differ and nothing else", () => {
  const { before, after } = markWords("12 Harbour Road, Port", "14 Harbour Road, Port");
  expect(marked(before)).toEqual(["12"]);
  expect(marked(after)).toEqual(["14"]);
});

test("texts with nothing in common are shown whole", () => {
  const { before, after } = markWords("alpha beta gamma", "one two three four");
  expect(marked(before)).toEqual([]);
  expect(marked(after)).toEqual([]);
});

test("where jsdiff gives up, both texts are shown whole", () => {
  const many = (word: string) => Array.from({ length: 900 }, (_, n) => `same ${word}${n}`).join(" ");
  const { before, after } = markWords(many("a"), many("b"));
  expect(before).toEqual([{ text: many("a"), marked: false }]);
  expect(after).toEqual([{ text: many("b"), marked: false }]);
});

test("marking never loses or invents a character", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", " ", "  ", "\n", "ع", "É", "<", "&", ","), { maxLength: 40 })
    .map((t) => t.join(""));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { before, after } = markWords(a, b);
      expect(whole(before)).toBe(a);
      expect(whole(after)).toBe(b);
    }),
  );
});
