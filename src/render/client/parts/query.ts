import { foldedWords } from "../../fold.ts";

const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);

/** What is looked for, as words of the index. */
export interface Query {
  readonly words: readonly string[];
  /** The text is a day or a month: `20240223` or `202402`, as publications have it. */
  readonly isDate: boolean;
}

/** A text as someone typed it. A day or a month, in figures or in English, is one word: so publications have it. */
export function queryOf(text: string): Query {
  const date = dateWord(text.trim());
  return date === null ? { words: foldedWords(text), isDate: false } : { words: [date], isDate: true };
}

/** `2024-02-23`, `2024-02`, `23 Feb 2024`, `February 23, 2024`, `February 2024`; null where it is something else. */
function dateWord(text: string): string | null {
  const figures = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/u.exec(text);
  if (figures !== null) return joined(figures[1], Number(figures[2]), figures[3]);
  const named =
    /^(?:(?<day>\d{1,2})\.?\s+)?(?<month>\p{L}{3,9})\.?(?:\s+(?<after>\d{1,2}),?)?\s+(?<year>\d{4})$/u.exec(
      text,
    )?.groups;
  if (named === undefined) return null;
  const month = MONTHS.findIndex((one) => one.startsWith((named["month"] ?? "").toLowerCase()));
  return joined(named["year"], month + 1, named["day"] ?? named["after"]);
}

function joined(year: string | undefined, month: number, day: string | undefined): string | null {
  if (year === undefined || month < 1 || month > 12) return null;
  if (day !== undefined && (Number(day) < 1 || Number(day) > 31)) return null;
  return `${year}${String(month).padStart(2, "0")}${day === undefined ? "" : day.padStart(2, "0")}`;
}
