import { ContentError } from "../domain/index.ts";
import { Markup, type Token } from "./xml-markup.ts";

/** Where a document keeps its records, by local names. */
export interface RecordPath {
  /** From the root to the element that holds the records, e.g. `["sanctionsData", "entities"]`. */
  readonly container: readonly string[];
  readonly record: string;
}

/** One record's bytes, from its start tag to its end tag: a view that holds until more bytes are pushed. */
export interface Fragment {
  readonly bytes: Buffer;
  /** Which record of the document, from 1. */
  readonly ordinal: number;
  /** What told where it ends without looking for it. */
  readonly known?: KnownEnd;
}

/** A record that is, byte for byte, one that was cut before. */
export interface KnownEnd {
  readonly uid: number;
  readonly bytes: number;
  readonly digest: string;
}

/** Tells of the record that begins at an offset whether it is one that was cut before. */
export type KnowsEnd = (buffer: Buffer, start: number) => KnownEnd | undefined;

/** Larger than any record or head of OFAC's (the largest record has some 200 KB, the Enhanced head 400 KB). */
const PIECE_LIMIT = 8 * 1024 * 1024;

/** For what is left over of the next chunk. */
const SPARE_ROOM = 128 * 1024;

/**
 * Cuts an XML document into records and the envelope around them, without reading what is inside a record:
 * that is left to whoever wants the record. Byte-wise and incremental, so that a file of any size goes
 * through with one record in memory. Right about comments, CDATA, processing instructions and quoted `>`.
 * Refuses a document type (entities could grow without bound), a wrong root, a missing end and what follows it.
 */
export class RecordSplitter {
  readonly #path: RecordPath;
  readonly #name: string;
  readonly #open: string[] = [];
  readonly #envelope: Buffer[] = [];
  #envelopeSize = 0;
  #pending: Buffer = Buffer.alloc(0);
  /** Where `#pending` lies. */
  #room: Buffer = Buffer.alloc(0);
  /** How far a record that is not complete yet has been searched for its end, in `#pending`. */
  #searched = 0;
  #records = 0;
  #closed = false;
  /** Whether anything but end tags has come to the envelope since `head` was asked for. */
  #grown = false;

  /** @param name the file's name, for messages. */
  constructor(path: RecordPath, name: string) {
    this.#path = path;
    this.#name = name;
  }

  /**
   * Records that are complete with these bytes.
   * @param knows spares the search for a record's end: where it ends follows from its bytes alone, so bytes that are
   * the same end at the same place
   */
  push(chunk: Uint8Array, knows?: KnowsEnd): Fragment[] {
    const buffer = this.#joined(chunk);
    const markup = new Markup(buffer);
    const fragments: Fragment[] = [];
    let at = 0;
    // Where what is outside the records began: it is kept in stretches, as a head has 60,000 tags.
    let outside = 0;
    for (;;) {
      const token = markup.next(at);
      if (token === undefined) break;
      if (this.#isRecord(token)) {
        const known = knows?.(buffer, token.start);
        const end =
          known !== undefined
            ? token.start + known.bytes
            : token.kind === "empty"
              ? token.end
              : markup.elementEnd(token, at + this.#searched);
        const between = isBlank(buffer, at, token.start) ? at : token.start;
        this.#grown ||= between > at;
        this.#envelopeText(buffer.subarray(outside, between));
        outside = end ?? token.start;
        if (end === undefined) {
          at = token.start;
          this.#searched = beginOfOpenTag(buffer, at) - at;
          break;
        }
        this.#searched = 0;
        this.#records++;
        const bytes = buffer.subarray(token.start, end);
        fragments.push({ bytes, ordinal: this.#records, ...(known === undefined ? {} : { known }) });
        at = end;
      } else {
        this.#outside(token);
        this.#grown ||= token.kind !== "end" || !isBlank(buffer, at, token.start);
        at = token.end;
      }
    }
    this.#envelopeText(buffer.subarray(outside, at));
    this.#pending = buffer.subarray(at);
    if (this.#pending.length > PIECE_LIMIT) throw this.#oversized("one element or record");
    return fragments;
  }

  /**
   * The document is complete: everything outside records, as bytes of a document of its own; undefined when that is
   * `head` with its elements closed, and so nothing that is not known yet.
   */
  end(): Buffer | undefined {
    const rest = this.#pending;
    this.#grown ||= !isBlank(rest);
    this.#envelopeText(rest);
    if (!this.#closed) throw this.#truncated(rest);
    if (!isBlank(rest)) throw this.#trailing(rest);
    return this.#grown ? Buffer.concat(this.#envelope) : undefined;
  }

  /** The envelope so far, with open elements closed: the head, once the first record is seen. */
  head(): Buffer {
    this.#grown = false;
    const closing = this.#open.map((tag) => `</${tag}>`).reverse();
    return Buffer.concat([...this.#envelope, Buffer.from(closing.join(""))]);
  }

  /** What was left over and the new bytes, in one place that is used again: memory fresh from the system is slow. */
  #joined(chunk: Uint8Array): Buffer {
    const left = this.#pending.length;
    const size = left + chunk.length;
    const room = this.#room.length >= size ? this.#room : Buffer.allocUnsafeSlow(size + SPARE_ROOM);
    // Right also where the two overlap.
    room.set(this.#pending);
    room.set(chunk, left);
    this.#room = room;
    return room.subarray(0, size);
  }

  #isRecord(token: Token): boolean {
    if (token.kind !== "start" && token.kind !== "empty") return false;
    return (
      this.#open.length === this.#path.container.length &&
      localName(token.tag) === this.#path.record &&
      this.#open.every((tag, depth) => localName(tag) === this.#path.container[depth])
    );
  }

  /** Keeps count of the open elements outside records. */
  #outside(token: Token): void {
    if (token.kind === "other") return;
    if (token.kind === "declaration") {
      throw new ContentError(
        "document-type",
        `${this.#name}: expected XML without a document type, found ${JSON.stringify(token.tag)}. OFAC's files ` +
          "have none; entities could make a small file grow without bound. The file is not OFAC's.",
      );
    }
    if (this.#closed) throw this.#trailing(Buffer.from(`<${token.tag}`));
    if (token.kind === "end") {
      const open = this.#open.pop();
      if (open !== token.tag) throw this.#mismatch(token.tag, open);
      this.#closed = this.#open.length === 0;
      return;
    }
    if (this.#open.length === 0) this.#checkRoot(token.tag);
    if (token.kind === "start") this.#open.push(token.tag);
    else this.#closed = this.#open.length === 0;
  }

  #checkRoot(tag: string): void {
    const root = this.#path.container[0];
    if (localName(tag) === root) return;
    throw new ContentError(
      "wrong-root",
      `${this.#name}: expected the root element <${root}>, found <${tag.slice(0, 40)}>. ` +
        "The address answered with another document.",
    );
  }

  #envelopeText(bytes: Buffer): void {
    if (isBlank(bytes)) return;
    this.#envelopeSize += bytes.length;
    if (this.#envelopeSize > PIECE_LIMIT) throw this.#oversized("what stands outside the records");
    // Copied: the view would keep the whole chunk alive.
    this.#envelope.push(Buffer.from(bytes));
  }

  #oversized(what: string): ContentError {
    return new ContentError(
      "oversized",
      `${this.#name}: expected records of some kilobytes, found ${what} larger than ${PIECE_LIMIT} bytes ` +
        `(after ${this.#records} records). The file is not OFAC's, or damaged.`,
    );
  }

  #truncated(rest: Buffer): ContentError {
    const open = this.#open[this.#open.length - 1];
    const missing = open === undefined ? `the root element <${this.#path.container[0]}>` : `</${open}>`;
    return new ContentError(
      "truncated",
      `${this.#name}: expected ${missing}, found the file's end after ${this.#records} records ` +
        `(${JSON.stringify(rest.subarray(0, 40).toString("utf8"))}). The file is cut; fetch it again.`,
    );
  }

  #trailing(rest: Buffer): ContentError {
    return new ContentError(
      "trailing-content",
      `${this.#name}: expected nothing after the closing root, found ` +
        `${JSON.stringify(rest.subarray(0, 40).toString("utf8"))}. The file is damaged; fetch it again.`,
    );
  }

  #mismatch(found: string, open: string | undefined): ContentError {
    return new ContentError(
      "malformed-xml",
      `${this.#name}: expected ${open === undefined ? "no end tag" : `</${open}>`}, found </${found}> after ` +
        `${this.#records} records. The file is damaged; fetch it again.`,
    );
  }
}

/** Where markup begins that the bytes end in, however long it is (`</entity   `); their end where there is none. */
function beginOfOpenTag(buffer: Buffer, from: number): number {
  const begin = buffer.lastIndexOf("<");
  return begin >= from && buffer.indexOf(">", begin) < 0 ? begin : buffer.length;
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(":") + 1);
}

function isBlank(bytes: Uint8Array, from = 0, to = bytes.length): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
