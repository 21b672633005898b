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
  partyLine,
  partyMap,
  type RawRecord,
  sha256Hex,
} from "../domain/index.ts";
import { csvParty } from "./csv.ts";
import type { Draft } from "./draft.ts";
import { enhancedParty } from "./enhanced.ts";
import { gatherIssues } from "./issues.ts";
import { legacyParty } from "./legacy.ts";

/**
 * What the previous publication's records were, so that one whose raw text is unchanged need not be read
 * again. Only a shortcut: it is void when anything that decides over the result differs (`basis`).
 */
export interface Memory {
  /** Interpreter, list, coverage and reference values, as one text. */
  readonly basis: string;
  readonly records: ReadonlyMap<number, RememberedRecord>;
}

export interface RememberedRecord {
  /** The raw text, or the SHA-256 of raw bytes. */
  readonly raw: string;
  readonly line: PartyLine;
  readonly notes: readonly Note[];
}

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
  const remembered = options.memory?.basis === basis ? options.memory.records : undefined;
  const records = new Map<number, RememberedRecord>();
  let read = 0;
  for await (const batch of parsed.batches()) {
    for (const raw of batch) {
      const key = typeof raw.raw === "string" ? raw.raw : sha256Hex(raw.raw);
      const before = remembered?.get(raw.uid);
      if (before !== undefined && before.raw === key) {
        records.set(raw.uid, before);
        continue;
      }
      read++;
      records.set(raw.uid, readRecord(raw, ownText(key), options.list));
    }
  }
  if (records.size === 0) {
    throw new ContentError(
      "no-records",
      `${parsed.format}: expected parties, found none. An empty list is not published by OFAC; fetch it again.`,
    );
  }
  const parties = partyMap(lines(records));
  const state = { list: options.list, profile: parsed.profile, coverage: parsed.coverage, parties };
  return {
    state,
    issues: gatherIssues(notes(parsed, records, parties), parsed.format),
    memory: { basis, records },
    read,
  };
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
  const all = [...decoded.notes, ...draft.notes];
  return { raw: key, line: partyLine(draft.party()), notes: all.length === 0 ? NO_NOTES : all };
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

function* lines(records: ReadonlyMap<number, RememberedRecord>): Generator<PartyLine> {
  for (const record of records.values()) yield record.line;
}

/** In uid order, whatever the order of the document: examples must not depend on it. */
function* notes(
  parsed: ParsedList,
  records: ReadonlyMap<number, RememberedRecord>,
  parties: ReadonlyMap<number, PartyLine>,
): Generator<Note> {
  yield* parsed.notes();
  for (const uid of parties.keys()) yield* records.get(uid)?.notes ?? NO_NOTES;
}
