import { ContentError, captureDate, type Instant, type IsoDate, UsageError } from "../../domain/index.ts";
import {
  type Captured,
  capturedAt,
  capturedOn,
  captureInstant,
  captureOf,
  importDate,
  type PublicationDate,
} from "../look/publication-date.ts";
import type { ManifestEntry } from "./manifest.ts";

/** OFAC's own archive of changes of its lists begins with this year: no list file shows an earlier day. */
const FIRST_DAY: IsoDate = "1994-01-01";

/** What is known of a file's time. */
export interface Dating {
  readonly captured: Captured | undefined;
  readonly date: PublicationDate;
}

/** When a file was captured, by the manifest, or else by its path; undefined where neither tells. */
export function captureBy(path: string, known: ManifestEntry | undefined): Captured | undefined {
  if (known?.capturedAt !== undefined) return capturedAt(known.capturedAt);
  return known?.date !== undefined ? capturedOn(known.date) : captureOf(path);
}

/**
 * When a file was captured and which day it stands for. A record's id is permanent, so a day on which there can be no
 * such file is refused.
 * @param now nothing is of a later day; missing: any later day is taken
 * @throws UsageError `undated-file`, `implausible-date`; ContentError `implausible-date` for a day the file itself says
 */
export function datingOf(
  path: string,
  publishDate: IsoDate | null,
  known: ManifestEntry | undefined,
  now: Instant | undefined,
): Dating {
  const captured = captureBy(path, known);
  const date = importDate(path, publishDate, captured);
  const fault = dayFault(date.date, now);
  if (fault !== undefined) {
    const message = `${path}: expected a day ${fault}, found ${date.date}. A record's id is permanent: `;
    throw date.basis === "publish-date"
      ? new ContentError(
          "implausible-date",
          `${message}the file says that day of itself, so it is not OFAC's, or this machine's clock is wrong.`,
        )
      : new UsageError("implausible-date", `${message}put its name or its entry in the manifest right.`);
  }
  const named = captureInstant(path.split(/[\\/]/).at(-1) ?? path);
  if (known !== undefined && captured !== undefined && named !== undefined) {
    if (captured.date > captureDate(named)) {
      throw new UsageError(
        "implausible-date",
        `${path}: expected a manifest entry of ${captureDate(named)} or earlier, when the file was captured by its ` +
          `name, found ${captured.date}. No file shows a day after its capture: put one of the two right.`,
      );
    }
  }
  return { captured, date };
}

/** What a day should be that there can be no list file of; undefined for one that there can. */
export function dayFault(date: IsoDate, now: Instant | undefined): string | undefined {
  if (date < FIRST_DAY) return `on or after ${FIRST_DAY}, since when OFAC archives its changes`;
  // A file is named by the day of its own clock, and none is ahead of UTC's by the program's.
  const today = now?.slice(0, 10);
  return today !== undefined && date > today ? `on or before today, ${today}` : undefined;
}
