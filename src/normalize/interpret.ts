import {
  ContentError,
  canonicalJson,
  type DecodedRecord,
  type Issue,
  type ListId,
  type ListState,
  type Note,
  type ParsedList,
  type PartyLine,
  type RawRecord,
} from "../domain/index.ts";
import { csvParty } from "./csv.ts";
import type { Draft } from "./draft.ts";
import { enhancedParty } from "./enhanced.ts";
import { gatherIssues } from "./issues.ts";
import { legacyParty } from "./legacy.ts";
import { quickPartyLine, rawDigest } from "./line.ts";
import { type Memory, Recall, type RememberedRecord } from "./memory.ts";

export interface Interpretation {
  readonly state: ListState;
  readonly issues: readonly Issue[];
  readonly memory: Memory;
  /** How many records had to be read; the others were remembered. */
  readonly read: number;
}

/**
 * Reads a list to its end and gives the canonical state.
 *
 * @param options.list which list it is: CSV and legacy XML do not say so inside.
 * @param options.memory of the previous publication; the result is the same without it.
 * @throws ContentError for a document that is not whole, or whose structure is not known.
 */
export async function interpret(
  parsed: ParsedList,
  options: { readonly list: ListId; readonly memory?: Memory },
): Promise<Interpretation> {
  const basis = memoryBasis(parsed, options.list);
  const recall = new Recall(options.memory?.basis === basis ? options.memory : undefined);
  const kept: RememberedRecord[] = [];
  let read = 0;
  for await (const batch of parsed.batches((uid) => recall.find(uid))) {
    for (const raw of batch) {
      const text = raw.raw;
      const key = raw.digest ?? (typeof text === "string" ? text : rawDigest(text));
      const before = recall.find(raw.uid);
      if (before?.raw === key) {
        kept.push(before);
        continue;
      }
      read++;
      kept.push(readRecord(raw, ownText(key), options.list));
    }
  }
  if (kept.length === 0) {
    throw new ContentError(
      "no-records",
      `${parsed.format}: expected parties, found none. An empty list is not published by OFAC; fetch it again.`,
    );
  }
  if (!isAscending(kept)) kept.sort((a, b) => a.line.uid - b.line.uid);
  const parties = new Map<number, PartyLine>();
  // In uid order, whatever the order of the document: examples must not depend on it.
  const notes = [...parsed.notes()];
  for (const record of kept) {
    parties.set(record.line.uid, record.line);
    if (record.notes.length > 0) notes.push(...record.notes);
  }
  if (parties.size !== kept.length) throw new Error("a reader gave two records with the same uid");
  return {
    state: { list: options.list, profile: parsed.profile, coverage: parsed.coverage, parties },
    issues: gatherIssues(notes, parsed.format),
    memory: { basis, records: kept },
    read,
  };
}

function isAscending(records: readonly RememberedRecord[]): boolean {
  for (let i = 1; i < records.length; i++) {
    if ((records[i]?.line.uid ?? 0) < (records[i - 1]?.line.uid ?? 0)) return false;
  }
  return true;
}

/** What equal raw texts need besides, to mean equal parties. */
function memoryBasis(parsed: ParsedList, list: ListId): string {
  return canonicalJson([parsed.interpreter, list, parsed.coverage, parsed.reference]);
}

/** A slice of a file's text would keep the whole file in memory for as long as the record is remembered. */
function ownText(key: string): string {
  return Buffer.from(key, "utf8").toString("utf8");
}

function readRecord(raw: RawRecord, key: string, list: ListId): RememberedRecord {
  const decoded = raw.decode();
  if (decoded.record.uid !== raw.uid) {
    throw new ContentError(
      "uid-mismatch",
      `expected the record of uid ${raw.uid}, found uid ${decoded.record.uid} inside it. The file is damaged.`,
    );
  }
  const draft = party(decoded, list);
  const line = quickPartyLine(draft.party());
  const notes = [...decoded.notes, ...draft.notes];
  const bytes = typeof raw.raw === "string" ? 0 : raw.raw.length;
  return { raw: key, bytes, line, notes: notes.length === 0 ? NO_NOTES : notes };
}

const NO_NOTES: readonly Note[] = [];

function party({ record }: DecodedRecord, list: ListId): Draft {
  switch (record.format) {
    case "csv":
      return csvParty(record, list);
    case "legacy":
      return legacyParty(record, list);
    case "enhanced":
      return enhancedParty(record);
  }
}
