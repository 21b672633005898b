import { diffWordsWithSpace } from "diff";

/** A piece of a text; `marked` where it is not in the other text. */
export interface Segment {
  readonly text: string;
  readonly marked: boolean;
}

/** Two texts cut into pieces, those that differ marked. */
export interface Marked {
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
}

/** Beyond this many edited words marking explains nothing, and jsdiff's cost grows with its square. */
const MAX_EDITS = 400;
/** Texts with less than this share in common are shown whole: islands of "of" and "the" only confuse. */
const MIN_COMMON = 0.3;

/**
 * Word-level marking of before and after. Where jsdiff gives up (it then returns undefined) or the texts have
 * little in common, both are shown whole and unmarked. Its time limit is not used: that would read the clock.
 */
export function markWords(before: string, after: string): Marked {
  const whole = { before: [{ text: before, marked: false }], after: [{ text: after, marked: false }] };
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS });
  if (parts === undefined) return whole;
  const common = parts.filter((part) => !part.added && !part.removed);
  const shared = common.reduce((sum, part) => sum + part.value.trim().length, 0);
  if (shared < MIN_COMMON * Math.min(before.length, after.length)) return whole;
  const side = (hide: "added" | "removed"): Segment[] =>
    parts
      .filter((part) => !part[hide])
      .map((part) => ({ text: part.value, marked: part.added || part.removed }));
  return { before: side("added"), after: side("removed") };
}
