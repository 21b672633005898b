import {
  type Coverage,
  canonicalJson,
  type Issue,
  type LedgerRecord,
  type ListId,
  UsageError,
} from "../../domain/index.ts";
import { listOfName } from "../../parse/index.ts";
import { type Captured, captureOf } from "../look/publication-date.ts";
import type { ListReading } from "../look/read-list.ts";
import { namedCoverage } from "../look/record.ts";

/** Names by which a file tells its list. */
const OFAC_NAMES: Readonly<Record<ListId, string>> = {
  sdn: "SDN.XML or SDN.CSV",
  consolidated: "CONSOLIDATED.XML or CONS_PRIM.CSV",
};

/** What supplied files have to be the files of. */
export interface Wanted {
  /** The record that is read again. */
  readonly record: LedgerRecord;
  /** The publication it is about: itself, or what it corrects. */
  readonly publication: LedgerRecord;
  /** Publications of its chain, oldest first. */
  readonly publications: readonly LedgerRecord[];
}

/** Supplied files, as they were read. */
export interface SuppliedReading {
  readonly reading: Pick<ListReading, "state" | "interpreter" | "publishDate" | "sources" | "told">;
  readonly paths: readonly string[];
}

/**
 * Supplied files must be those of the publication: of its list, format, coverage and date. Others would slip OFAC's
 * changes through as if the record had been wrong, or its reader. The record's own bytes always are.
 * @param undated whether a file that says no date is taken at the word of whoever supplies it, or refused
 * @returns what a record has to say of a file that was taken at somebody's word
 * @throws UsageError `other-profile`, `other-publication`
 */
export function requireSamePublication(
  wanted: Wanted,
  supplied: SuppliedReading,
  undated: "taken" | "refused",
): readonly Issue[] {
  const { record, publication } = wanted;
  const { reading, paths } = supplied;
  if (hasSources(record, reading)) return [];
  requireSameFormat(record, reading);
  requireSameList(record, reading);
  const isDated = publication.dateBasis === "publish-date";
  const captures = reading.publishDate === null ? paths.flatMap((path) => captureOf(path) ?? []) : [];
  if (isDated || reading.publishDate !== null) {
    if (!isDated || reading.publishDate !== publication.date) {
      throw otherPublication(wanted, reading, reading.publishDate ?? "no date");
    }
  } else if (undated === "refused") {
    throw otherPublication(wanted, reading, "no date");
  } else if (captures.length > 0) {
    const foreign = captures.find((captured) => !stoodAt(wanted, captured));
    if (foreign !== undefined) throw otherPublication(wanted, reading, foreign.date);
    return [];
  }
  // Of one day, or of no day that is known, it may still be what another record was read from.
  const other = wanted.publications.find((one) => one.id !== publication.id && hasSources(one, reading));
  if (other !== undefined) throw otherPublication(wanted, reading, other.id);
  if (isDated) return [];
  const names = reading.sources.map(({ file }) => file);
  return [
    {
      severity: "warning",
      code: "undated-file",
      message:
        `${names.join(", ")} says nothing of its date: that it is of ${publication.id} is the word of whoever ` +
        "supplied it",
      where: record.id,
      examples: names.slice(0, 5),
    },
  ];
}

/** True for the files that a record was read from, all of them. */
export function hasSources({ sources }: LedgerRecord, reading: SuppliedReading["reading"]): boolean {
  const [own, found] = [sources, reading.sources].map((all) => all.map(({ sha256 }) => sha256).sort());
  return canonicalJson(own) === canonicalJson(found);
}

function requireSameFormat(
  { id, profile, interpreter, coverage }: LedgerRecord,
  { state, sources, interpreter: today }: SuppliedReading["reading"],
): void {
  const names = sources.map(({ file }) => file).join(", ");
  if (state.profile !== profile) {
    throw new UsageError(
      "other-profile",
      `--from: expected a file of the profile "${profile}", as ${id} was read from, found ${names} of the profile ` +
        `"${state.profile}". Differences of format would pass for faults of the record: supply the publication in the ` +
        "format of its record.",
    );
  }
  // Another version of the reader may well see more or less in the same file.
  const found = namedCoverage(state.coverage);
  if (today !== interpreter || canonicalJson(found) === canonicalJson(coverage)) return;
  throw new UsageError(
    "other-profile",
    `--from: expected files that show what those of ${id} showed (${areas(coverage)}), found ${names} ` +
      `(${areas(found)}). Supply all files of the publication together.`,
  );
}

function areas(coverage: Coverage): string {
  const levels = Object.entries(coverage).map(([area, level]) => `${area} ${level}`);
  return levels.length === 0 ? "all complete" : levels.sort().join(", ");
}

function requireSameList({ id, list, sources }: LedgerRecord, reading: SuppliedReading["reading"]): void {
  const { told } = reading;
  if (told === list) return;
  const names = reading.sources.map(({ file }) => file).join(", ");
  // A chain of files of which nothing ever told the list goes on with such files.
  if (told === null && sources.every(({ file }) => listOfName(file) === null)) return;
  throw new UsageError(
    "other-publication",
    `--from: expected a file of the ${list} list, as ${id} is, found ${names} of ` +
      (told === null
        ? `which neither content nor name tells the list. Name it as OFAC does, ${OFAC_NAMES[list]}.`
        : `the ${told} list. Supply the file of that publication.`),
  );
}

/** Whether a publication is known to have been the newest when a file was captured, or of the same day. */
function stoodAt({ publication, publications }: Wanted, captured: Captured): boolean {
  const at = publications.findIndex(({ id }) => id === publication.id);
  const next = publications[at + 1]?.window;
  if (captured.date === publication.date) {
    return next === undefined || next.notLaterThan === null || captured.from < next.notLaterThan;
  }
  return (
    captured.date > (publication.date ?? captured.date) &&
    next !== undefined &&
    next.after !== null &&
    captured.to <= next.after
  );
}

function otherPublication(
  { record, publication }: Wanted,
  reading: SuppliedReading["reading"],
  of: string,
): UsageError {
  const own = record.sources.map(({ sha256 }) => sha256).join(", ");
  const [source] = reading.sources;
  return new UsageError(
    "other-publication",
    `--from: expected the files that ${record.id} was read from (${own}), or files of the same publication date ` +
      `(${publication.date ?? "none is known"}), found ${source?.file ?? "none"} (${source?.sha256 ?? ""}) of ${of}. ` +
      "Supply those; where a chain is to be carried over and they cannot be had, begin another ledger with --ledger.",
  );
}
