import { captureDate, type DateBasis, type Instant, type IsoDate, UsageError } from "../domain/index.ts";

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

/**
 * The Eastern date of an imported file: its own publication date, else that of its capture (the day before when
 * captured before 06:00 Eastern), else it is refused: an id is permanent and no guess.
 * @throws UsageError `undated-file`
 */
export function importDate(
  name: string,
  publishDate: IsoDate | null,
  capturedAt: Instant | undefined,
): PublicationDate {
  if (publishDate !== null) return { date: publishDate, basis: "publish-date" };
  if (capturedAt !== undefined) return { date: captureDate(capturedAt), basis: "capture" };
  throw new UsageError(
    "undated-file",
    `${name}: expected a date in the file, or the instant of its capture in the file's name (like ` +
      `20230523T184334Z.SDN.CSV) or in a manifest (--manifest FILE), found neither. A record's id is permanent, ` +
      "so no date is guessed.",
  );
}
