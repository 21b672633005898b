import { type LedgerRecord, type Party, total } from "../domain/index.ts";
import { programCodes } from "./party-view.ts";
import { capital, joinAnd, parties, plural } from "./words.ts";
import { unknownSentence } from "./words-event.ts";

/**
 * The second line: what the raw counts mean (in the judge's words where it has some), under which programs, and what
 * could not be told.
 */
export function meaningLine(record: LedgerRecord): string {
  if (record.kind === "baseline") {
    return `The segment begins here with ${parties(record.state.to.parties)}.`;
  }
  const judged = (record.judgement.meaning ?? "").replace(/\.$/u, "");
  const sentences =
    judged === "" ? [massEdits(record), programs(record), unknown(record)] : [judged, programs(record)];
  const told = sentences.filter((sentence) => sentence !== "");
  if (told.length === 0) return nothing(record);
  return told.map((sentence) => `${capital(sentence)}.`).join(" ");
}

function programs(record: LedgerRecord): string {
  const added = record.changes.flatMap((change) => (change.op === "add" ? [change.after] : []));
  const removed = record.changes.flatMap((change) => (change.op === "remove" ? [change.before] : []));
  return [programPhrase("added under", added), programPhrase("removed from", removed)]
    .filter((phrase) => phrase !== "")
    .join("; ");
}

/** The most frequent programs; equally frequent ones by name. */
function programPhrase(verb: string, members: readonly Party[]): string {
  const counts = new Map<string, number>();
  for (const party of members) {
    for (const code of programCodes(party)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  if (counts.size === 0) return "";
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const shown = ranked.slice(0, 4).map(([code, count]) => (counts.size === 1 ? code : `${code} (${count})`));
  const more = ranked.length - shown.length;
  return `${verb} ${joinAnd(more > 0 ? [...shown, plural(more, "other program", "other programs")] : shown)}`;
}

function massEdits(record: LedgerRecord): string {
  const groups = record.judgement.groups;
  if (groups.length === 0) return "";
  if (groups.length === 1) return `the same edit on ${parties(groups[0]?.count ?? 0)}`;
  const largest = Math.max(...groups.map((group) => group.count));
  return `${groups.length} identical edits on many parties each, the largest on ${parties(largest)}`;
}

function unknown(record: LedgerRecord): string {
  return record.unknown.length === 0 ? "" : unknownSentence(record.unknown.length);
}

function nothing(record: LedgerRecord): string {
  if (total(record.counts.changed) > 0) return "Only existing entries changed.";
  return record.kind === "reinterpretation" ? "OFAC changed nothing." : "Nothing changed on this list.";
}
