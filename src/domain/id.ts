import { compactDate, type IsoDate } from "./date.ts";
import type { ListId } from "./list.ts";

/** `sdn-20230523`; the second record of a day `sdn-20230523.2`; without a date `sdn-undated`. */
export function publicationId(list: ListId, date: IsoDate | null, sequence: number): string {
  const day = date === null ? "undated" : compactDate(date);
  return `${list}-${day}${sequence > 1 ? `.${sequence}` : ""}`;
}

/** `20230523.1`: what OFAC published at one instant, over both lists. */
export function releaseId(date: IsoDate | null, sequence: number): string {
  return `${date === null ? "undated" : compactDate(date)}.${sequence}`;
}

const ID = /^(sdn|consolidated)-(\d{8}|undated)(?:\.(\d+))?(?:-([rc])(\d+))?$/;

/** The parts of a publication id, or undefined when it is none. */
export function parsePublicationId(
  id: string,
): { list: ListId; day: string; sequence: number; suffix?: string } | undefined {
  const match = ID.exec(id);
  if (match === null) return undefined;
  const suffix = match[4] === undefined ? {} : { suffix: `${match[4]}${match[5]}` };
  return {
    list: match[1] === "sdn" ? "sdn" : "consolidated",
    day: match[2] ?? "",
    sequence: Number(match[3] ?? "1"),
    ...suffix,
  };
}

const SEGMENT = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** A segment's name is a folder: lower-case letters, digits and hyphens. */
export function isSegmentName(name: string): boolean {
  return SEGMENT.test(name);
}
