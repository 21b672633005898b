import {
  captureDate,
  type DateBasis,
  type Instant,
  type IsoDate,
  isIsoDate,
  UsageError,
} from "../../domain/index.ts";

export interface PublicationDate {
  readonly date: IsoDate;
  readonly basis: DateBasis;
}

/** `20230523T184334Z.SDN.CSV`, or `2023-05-23T18:43:34Z…`: the capture instant in a file's name. */
const COMPACT_INSTANT = /(?<!\d)(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z/;
const SPELLED_INSTANT = /(?<!\d)(\d{4})-(\d{2})-(\d{2})T(\d{2}):?(\d{2}):?(\d{2})Z/;

/** The instant at which a file was captured, from its name; undefined where the name holds none. */
export function captureInstant(name: string): Instant | undefined {
  const match = COMPACT_INSTANT.exec(name) ?? SPELLED_INSTANT.exec(name);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== instant.slice(0, 19)
    ? undefined
    : instant;
}

/** A time within which a file was captured: an instant, or a day that it is named after. */
export interface Captured {
  readonly from: Instant;
  readonly to: Instant;
  readonly date: IsoDate;
}

/** A file that was captured at an instant shows that Eastern day, or the one before when it was not yet 06:00. */
export function capturedAt(instant: Instant): Captured {
  return { from: instant, to: instant, date: captureDate(instant) };
}

/** A file of a day: captured at some time of it. */
export function capturedOn(date: IsoDate): Captured {
  return { from: `${date}T00:00:00Z`, to: `${date}T23:59:59Z`, date };
}

/** `2018-12-20/SDN.CSV`, `2020-03-17.CONSOLIDATED.XML`: the day in a path's last two parts. */
const NAMED_DAY = /(?<!\d-?)(\d{4}-\d{2}-\d{2})(?![\dT-])/;

/** When a file was captured, as its path tells; undefined where it does not. */
export function captureOf(path: string): Captured | undefined {
  const [name = "", folder = ""] = path.split(/[\\/]/).reverse();
  const instant = captureInstant(name);
  if (instant !== undefined) return capturedAt(instant);
  const day = NAMED_DAY.exec(name)?.[1] ?? NAMED_DAY.exec(folder)?.[1];
  return day !== undefined && isIsoDate(day) ? capturedOn(day) : undefined;
}

/**
 * The Eastern date of an imported file: its own publication date, else that of its capture, else it is refused: an id
 * is permanent and no guess.
 * @throws UsageError `undated-file`
 */
export function importDate(
  name: string,
  publishDate: IsoDate | null,
  captured: Captured | undefined,
): PublicationDate {
  if (publishDate !== null) return { date: publishDate, basis: "publish-date" };
  if (captured !== undefined) return { date: captured.date, basis: "capture" };
  throw new UsageError(
    "undated-file",
    `${name}: expected a date in the file, or the instant or day of its capture in its name (like ` +
      "20230523T184334Z.SDN.CSV), its folder's name (like 2018-12-20/SDN.CSV) or a manifest (--manifest FILE), found " +
      "none. A record's id is permanent, so no date is guessed.",
  );
}
