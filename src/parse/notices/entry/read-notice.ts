import type {
  EntryReading,
  Issue,
  KnownNames,
  Notice,
  NoticeEntry,
  NoticeLine,
  NoticeReading,
  NoticeSection,
} from "../../../domain/index.ts";
import { parseEntry } from "./entry.ts";

/**
 * Understands the entry lines of a notice. `known`: names of the list before and after; they decide where a
 * name ends and an address begins.
 */
export function readNotice(notice: Notice, known?: KnownNames): NoticeReading {
  const lines = (notice.sections ?? []).flatMap((section) =>
    section.entries.map((entry) => readLine(section, entry, known)),
  );
  return { notice, lines, issues: lineIssues(lines, notice.url) };
}

function readLine(section: NoticeSection, entry: NoticeEntry, known: KnownNames | undefined): NoticeLine {
  const line = {
    operation: entry.operation,
    list: section.list,
    administrative: section.administrative,
    text: entry.text,
  };
  if (entry.before !== undefined && entry.after !== undefined) {
    return { ...line, before: parseEntry(entry.before, known), after: parseEntry(entry.after, known) };
  }
  const reading = parseEntry(entry.text, known);
  return entry.operation === "delete" ? { ...line, before: reading } : { ...line, after: reading };
}

/** What of the lines was not understood, or only by its shape. */
function lineIssues(lines: readonly NoticeLine[], where: string): Issue[] {
  const readings = lines
    .flatMap((line) => [line.before, line.after])
    .filter((r): r is EntryReading => r !== undefined);
  const left = readings.flatMap((r) =>
    r.leftover.map((span) => `${r.name}: ${r.text.slice(span.start, span.end)}`),
  );
  const labels = readings.flatMap((r) => r.claims.filter((c) => c.unknown).map((c) => c.label ?? ""));
  const issues: Issue[] = [];
  if (left.length > 0) {
    issues.push(
      warning("entry-leftover", `${left.length} stretches of entry lines were not understood`, where, left),
    );
  }
  if (labels.length > 0) {
    const distinct = [...new Set(labels)];
    issues.push(
      warning("unknown-label", `${distinct.length} labels of entry lines are not known`, where, distinct),
    );
  }
  return issues;
}

function warning(code: string, message: string, where: string, examples: readonly string[]): Issue {
  return {
    severity: "warning",
    code,
    message,
    where,
    examples: examples.slice(0, 5).map((e) => e.slice(0, 160)),
  };
}
