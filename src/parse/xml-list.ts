import { isUtf8 } from "node:buffer";
import {
  ContentError,
  type Coverage,
  type DecodedRecord,
  type IsoDate,
  isIsoDate,
  type KnownBytes,
  type ListId,
  type Note,
  type ParsedList,
  type RawRecord,
  type SourceRecord,
  sha256Hex,
} from "../domain/index.ts";
import { chunks } from "./chunks.ts";
import { invalidUtf8 } from "./csv-rows.ts";
import { ENHANCED_PATH, readEnhancedHead } from "./enhanced-head.ts";
import { entityUid, readEntity } from "./enhanced-xml.ts";
import type { Reading } from "./fields.ts";
import { LEGACY_PATH, legacyUid, readLegacyEntry, readLegacyHead } from "./legacy-xml.ts";
import { type DetectedFile, listOfName } from "./list-file.ts";
import { UniqueUids } from "./unique.ts";
import { readEnvelope } from "./xml-envelope.ts";
import { type Fragment, type KnowsEnd, type RecordPath, RecordSplitter } from "./xml-records.ts";
import { readElement, type XmlElement } from "./xml-tree.ts";

/** What the head of a list says. */
interface Head {
  readonly publishDate: IsoDate | null;
  readonly recordCount: number | null;
  readonly list: ListId | null;
  reference(): string;
  readonly notes: readonly Note[];
}

/** One XML format of a list. */
interface XmlFormat {
  readonly format: string;
  readonly profile: "legacy" | "enhanced";
  readonly interpreter: string;
  readonly coverage: Coverage;
  readonly path: RecordPath;
  /** The uid where it can be read off the record's first bytes. */
  uid(start: string): number | undefined;
  read(element: XmlElement, reading: Reading): SourceRecord;
  head(envelope: XmlElement, name: string): Head;
}

const LEGACY: XmlFormat = {
  format: "legacy XML",
  profile: "legacy",
  interpreter: "legacy/1",
  coverage: { list: "absent", "sanctions-type": "absent", "legal-authority": "absent" },
  path: LEGACY_PATH,
  uid: legacyUid,
  read: readLegacyEntry,
  head(envelope, name) {
    const head = readLegacyHead(envelope, name);
    return {
      publishDate: americanDate(head.publishDate, name),
      recordCount: count(head.recordCount, name),
      list: listOfName(name),
      reference: () => "",
      notes: head.notes,
    };
  },
};

const ENHANCED: XmlFormat = {
  format: "Enhanced XML",
  profile: "enhanced",
  interpreter: "enhanced/2",
  coverage: {},
  path: ENHANCED_PATH,
  uid: entityUid,
  read: readEntity,
  head(envelope, name) {
    const head = readEnhancedHead(envelope, name);
    return { ...head, publishDate: dataDate(head.dataAsOf, name), recordCount: null };
  },
};

/** Opens SDN.XML, CONSOLIDATED.XML or an Enhanced file: reads up to the first record. */
export async function openXml(file: DetectedFile): Promise<ParsedList> {
  const source = chunks(file.bytes);
  try {
    return await openHead(file, source);
  } catch (error) {
    await source.return(undefined);
    throw error;
  }
}

async function openHead(file: DetectedFile, source: AsyncGenerator<Uint8Array>): Promise<ParsedList> {
  const format = file.kind === "legacy-xml" ? LEGACY : ENHANCED;
  const splitter = new RecordSplitter(format.path, file.name);
  let first: Fragment[] = [];
  let ended = false;
  while (first.length === 0 && !ended) {
    const next = await source.next();
    if (next.done === true) ended = true;
    else first = splitter.push(next.value);
  }
  const envelope = (ended ? splitter.end() : undefined) ?? splitter.head();
  const head = headOf(envelope, format, file.name);
  const notes: Note[] = [...head.notes];
  return {
    format: format.format,
    profile: format.profile,
    list: head.list,
    coverage: format.coverage,
    interpreter: format.interpreter,
    get reference() {
      return head.reference();
    },
    publishDate: head.publishDate,
    recordCount: head.recordCount,
    async *batches(known): AsyncGenerator<readonly RawRecord[]> {
      const knows = known === undefined ? undefined : endFrom(known, format);
      const uids = new UniqueUids();
      const records = (fragments: readonly Fragment[]): RawRecord[] =>
        fragments.map((fragment) => {
          const record = new XmlRecord(fragment, format, file.name);
          uids.add(record.uid);
          return record;
        });
      yield records(first);
      first = [];
      if (!ended) {
        for await (const chunk of source) yield records(splitter.push(chunk, knows));
        checkEnvelope(splitter.end(), format, file.name, notes);
      }
      uids.check(file.name);
      checkCount(head.recordCount, uids.size, file.name);
    },
    notes: () => notes,
    close: async () => {
      await source.return(undefined);
    },
  };
}

/** A record of as many bytes as an earlier one of its uid, and with their hash, is that record. */
function endFrom(known: (uid: number) => KnownBytes | undefined, format: XmlFormat): KnowsEnd {
  return (buffer, start) => {
    const uid = format.uid(beginningOf(buffer, start));
    const earlier = uid === undefined ? undefined : known(uid);
    if (uid === undefined || earlier === undefined || start + earlier.bytes > buffer.length) return undefined;
    const digest = sha256Hex(buffer.subarray(start, start + earlier.bytes));
    return digest === earlier.raw ? { uid, bytes: earlier.bytes, digest } : undefined;
  };
}

/** Enough of a record to find its uid in. */
function beginningOf(record: Buffer, start = 0): string {
  return record.toString("latin1", start, start + 200);
}

/** What was read last: a file is looked into before it is read, and its head is the same both times. */
let last:
  | { readonly envelope: Buffer; readonly format: XmlFormat; readonly name: string; readonly head: Head }
  | undefined;

function headOf(envelope: Buffer, format: XmlFormat, name: string): Head {
  if (last?.format === format && last.name === name && last.envelope.equals(envelope)) return last.head;
  const head = format.head(readEnvelope(envelope, name), name);
  last = { envelope, format, name, head };
  return head;
}

/** What follows the last record belongs to the document too: it must be well-formed, and is audited. */
function checkEnvelope(whole: Buffer | undefined, format: XmlFormat, name: string, notes: Note[]): void {
  if (whole === undefined) return;
  const seen = new Set(notes.map((note) => note.subject));
  notes.push(...format.head(readEnvelope(whole, name), name).notes.filter((note) => !seen.has(note.subject)));
}

function checkCount(expected: number | null, found: number, name: string): void {
  if (expected === null || expected === found) return;
  throw new ContentError(
    "record-count",
    `${name}: expected ${expected} records as Record_Count says, found ${found}. The file is cut or damaged; ` +
      "fetch it again.",
  );
}

class XmlRecord implements RawRecord {
  readonly raw: Buffer;
  readonly uid: number;
  readonly digest?: string;
  readonly #format: XmlFormat;
  readonly #where: string;

  constructor(fragment: Fragment, format: XmlFormat, name: string) {
    this.raw = fragment.bytes;
    this.#format = format;
    this.#where = `${name}, record ${fragment.ordinal}`;
    if (fragment.known !== undefined) this.digest = fragment.known.digest;
    this.uid = fragment.known?.uid ?? format.uid(beginningOf(fragment.bytes)) ?? this.decode().record.uid;
  }

  decode(): DecodedRecord {
    if (!isUtf8(this.raw)) throw new ContentError("invalid-utf8", invalidUtf8(this.raw, this.#where));
    const reading: Reading = { where: this.#where, label: "no uid yet", notes: [] };
    const record = this.#format.read(readElement(this.raw.toString("utf8"), this.#where), reading);
    return { record, notes: reading.notes };
  }
}

/** Publish_Date, MM/DD/YYYY. */
function americanDate(text: string | undefined, name: string): IsoDate {
  const [, month, day, year] = /^\s*(\d{2})\/(\d{2})\/(\d{4})\s*$/.exec(text ?? "") ?? [];
  const date = `${year}-${month}-${day}`;
  return isIsoDate(date) ? date : refuseHead("Publish_Date as MM/DD/YYYY", text, name);
}

function count(text: string | undefined, name: string): number {
  return /^\s*\d{1,9}\s*$/.test(text ?? "")
    ? Number(text)
    : refuseHead("Record_Count as a number", text, name);
}

/** `2025-01-10T00:00:00`, with or without offset: the day in Washington either way. */
function dataDate(text: string | undefined, name: string): IsoDate {
  const date = /^\s*(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?\s*$/.exec(text ?? "")?.[1] ?? "";
  return isIsoDate(date) ? date : refuseHead("dataAsOf as a date", text, name);
}

function refuseHead(expected: string, found: string | undefined, name: string): never {
  throw new ContentError(
    "malformed-head",
    `${name}: expected ${expected} in the head, found ${found === undefined ? "none" : JSON.stringify(found.slice(0, 40))}. ` +
      "The file is damaged or its format changed; nothing of it is used.",
  );
}
