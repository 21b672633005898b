import { type IsoDate, isIsoDate } from "../../domain/index.ts";

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** `05/23/2023` as an ISO date; undefined for anything else. */
export function slashedDate(text: string): IsoDate | undefined {
  const match = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text);
  return match === null ? undefined : iso(match[3], match[1], match[2]);
}

/** `September 04, 2026` (or `Sept. 4, 2026`) as an ISO date; undefined for anything else. */
export function writtenDate(text: string): IsoDate | undefined {
  const match = /\b([A-Z][a-z]{2,8})\.? (\d{1,2}), (\d{4})\b/.exec(text);
  const month = MONTHS.indexOf((match?.[1] ?? "").slice(0, 3).toLowerCase());
  return match === null || month < 0 ? undefined : iso(match[3], String(month + 1), match[2]);
}

/** The date a recent action's slug begins with. */
export function slugDate(slug: string): IsoDate | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:_|$)/.exec(slug);
  return match === null ? undefined : iso(match[1], match[2], match[3]);
}

function iso(year = "", month = "", day = ""): IsoDate | undefined {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isIsoDate(text) ? text : undefined;
}
