import type { Placed } from "./chain.ts";
import { type ContextIndex, firstSeenWords } from "./context-view.ts";
import { publicationPath, recordCsvPath, recordPath, rescreenPath } from "./page.ts";
import { DATE_BASIS_WORDS, PROVENANCE_WORDS, parties, plural } from "./words.ts";
import { windowWords } from "./words-date.ts";

/** `term`: `value`, as a definition list shows it. */
export interface Row {
  readonly term: string;
  readonly value: string;
  readonly exact: boolean;
}

export interface ProvenanceView {
  readonly rows: readonly Row[];
  readonly sources: readonly { file: string; hash: string; size: string; provenance: string }[];
  readonly issues: readonly { severity: string; code: string; message: string; where: string }[];
}

/** Where a record comes from and how it can be checked. */
export function provenanceView({ stored }: Placed, context: ContextIndex): ProvenanceView {
  const { record, hash } = stored;
  const rows: Row[] = [];
  const put = (term: string, value: string | null | undefined, exact = false) => {
    if (value !== null && value !== undefined && value !== "") rows.push({ term, value, exact });
  };
  put("Record", record.id, true);
  put("Record hash", hash, true);
  put("Follows", record.previous?.id, true);
  put("Hash of that record", record.previous?.hash, true);
  put("Date taken from", DATE_BASIS_WORDS[record.dateBasis]);
  put("Happened", windowWords(record.window));
  put("First seen by us", firstSeenWords(record, context));
  put("OFAC publications", record.ofacPublications.map((p) => `${p.id} (${p.datePublished})`).join(", "));
  const { from, to } = record.state;
  if (from !== null) {
    put("Parties before", parties(from.parties));
    put("State hash before", from.hash, true);
  }
  put("Parties after", parties(to.parties));
  put("State hash after", to.hash, true);
  put("Read as", `${record.profile}, ${record.interpreter}`);
  put("Judged with", `rules version ${record.judge.version}`);
  put("Levels in force", record.judge.config, true);
  put("Segment", `${record.segment} (${record.origin})`);
  return {
    rows,
    sources: record.sources.map((source) => ({
      file: source.file,
      hash: source.sha256,
      size: plural(source.bytes, "byte", "bytes"),
      provenance: PROVENANCE_WORDS[source.provenance],
    })),
    issues: record.issues.map(({ severity, code, message, where }) => ({ severity, code, message, where })),
  };
}

/** Neighbours of a record in its segment, as links. */
export function neighbours({ previous, next }: Placed): {
  previous: { headline: string; path: string } | null;
  next: { headline: string; path: string } | null;
} {
  const link = (stored: Placed["stored"] | null) =>
    stored === null ? null : { headline: stored.record.headline, path: publicationPath(stored.record.id) };
  return { previous: link(previous), next: link(next) };
}

/** What can be downloaded of a record. */
export function downloads({ stored }: Placed): { title: string; path: string }[] {
  const { id, kind } = stored.record;
  const own = [
    { title: "This record as JSON, byte for byte", path: recordPath(id) },
    { title: "Its changes as CSV", path: recordCsvPath(id) },
  ];
  if (kind !== "publication" && kind !== "correction") return own;
  return [
    ...own,
    { title: "What to screen again, as JSON", path: rescreenPath(id, "json") },
    { title: "What to screen again, as CSV", path: rescreenPath(id, "csv") },
  ];
}
