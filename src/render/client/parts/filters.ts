import { fold, foldedWords } from "../../fold.ts";

/** What the changelog is narrowed to; an empty text is no condition. */
export interface Filters {
  readonly list: string;
  readonly type: string;
  readonly program: string;
  /** At least so weighty. */
  readonly materiality: string;
  readonly from: string;
  readonly to: string;
  readonly q: string;
}

export const NO_FILTERS: Filters = {
  list: "",
  type: "",
  program: "",
  materiality: "",
  from: "",
  to: "",
  q: "",
};

export const FILTER_NAMES = Object.keys(NO_FILTERS) as readonly (keyof Filters)[];

const EFFECTS = ["critical", "major", "minor", "cosmetic", "none"];

/** Filters as they stand in an address; what is not known there is ignored. */
export function readFilters(search: string): Filters {
  const params = new URLSearchParams(search);
  const found = { ...NO_FILTERS } as Record<keyof Filters, string>;
  for (const name of FILTER_NAMES) found[name] = (params.get(name) ?? "").trim();
  return found;
}

/**
 * Filters as the form has them: a value that differs from an option in case and signs alone is that option, one that
 * no option has is no condition.
 * @param optionsOf values a filter can take; null where any text may stand
 */
export function knownFilters(
  filters: Filters,
  optionsOf: (name: keyof Filters) => readonly string[] | null,
): Filters {
  const found = { ...filters } as Record<keyof Filters, string>;
  for (const name of FILTER_NAMES) {
    const options = optionsOf(name);
    if (options === null || options.includes(filters[name])) continue;
    found[name] = options.find((one) => fold(one) === fold(filters[name])) ?? "";
  }
  return found;
}

/** The same address with these filters, the empty ones left out. */
export function withFilters(address: string, filters: Filters): string {
  const url = new URL(address);
  for (const name of FILTER_NAMES) {
    if (filters[name] === "") url.searchParams.delete(name);
    else url.searchParams.set(name, filters[name]);
  }
  return url.href;
}

export const isActive = (filters: Filters): boolean => FILTER_NAMES.some((name) => filters[name] !== "");

/** One line of the changelog, as far as it is filtered. */
export interface Line {
  readonly list: string;
  readonly types: readonly string[];
  readonly programs: readonly string[];
  readonly materiality: string;
  /** ISO date; empty when undated. */
  readonly date: string;
  /** Folded words of all its text. */
  readonly words: readonly string[];
}

/** True when a line meets every condition. A word of the text may be only the beginning of one there. */
export function meets(line: Line, filters: Filters): boolean {
  const { list, type, program, materiality, from, to, q } = filters;
  if (list !== "" && line.list !== list) return false;
  if (type !== "" && !line.types.includes(type)) return false;
  if (program !== "" && !line.programs.some((tag) => fold(tag) === fold(program))) return false;
  if (materiality !== "" && EFFECTS.indexOf(line.materiality) > EFFECTS.indexOf(materiality)) return false;
  if (from !== "" && (line.date === "" || line.date < from)) return false;
  if (to !== "" && (line.date === "" || line.date > to)) return false;
  return foldedWords(q).every((word) => line.words.some((own) => own.startsWith(word)));
}
