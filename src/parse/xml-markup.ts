/** Blanks and the slash of `<a/>`. */
function isNameEnd(byte: number | undefined): boolean {
  return byte === SLASH || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** A piece of markup; `start` is the offset of its `<`, `end` the one after its `>`. */
export interface Token {
  /** `other`: comment, CDATA or processing instruction; `declaration`: `<!DOCTYPE` and its like. */
  readonly kind: "start" | "end" | "empty" | "other" | "declaration";
  /** Name as written, with its prefix; the beginning of a declaration. */
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;

const COMMENT = Buffer.from("<!--");
const COMMENT_END = Buffer.from("-->");
const CDATA = Buffer.from("<![CDATA[");
const CDATA_END = Buffer.from("]]>");
const INSTRUCTION_END = Buffer.from("?>");

/**
 * Finds markup in a stretch of a document's bytes (UTF-8, where markup is ASCII). Undefined answers mean that
 * the bytes end before the piece does.
 */
export class Markup {
  readonly #bytes: Buffer;
  /** Next `<!` or `<?` at or after the last question; -1 when there is none. Ordinary records have none. */
  #special = -2;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The next piece of markup at or after an offset. */
  next(from: number): Token | undefined {
    const start = this.#bytes.indexOf(LT, from);
    return start < 0 ? undefined : this.#at(start);
  }

  /**
   * Offset after the end tag of an element, whose start tag is given.
   *
   * @param searchFrom no end tag ends before it; 0 when nothing is known.
   */
  elementEnd(start: Token, searchFrom: number): number | undefined {
    const needle = Buffer.from(`</${start.tag}`);
    let from = Math.max(start.end, searchFrom);
    for (;;) {
      const at = this.#bytes.indexOf(needle, from);
      if (at < 0) return undefined;
      // `</entityType>` begins like `</entity>`; `</entity >` is an end tag too.
      const close = this.#skipBlank(at + needle.length);
      const byte = this.#bytes[close];
      if (byte === GT) return this.#hasSpecial(start.end, at) ? this.#slowEnd(start) : close + 1;
      if (byte === undefined) return undefined;
      from = at + needle.length;
    }
  }

  /** With comments, CDATA or instructions inside: piece by piece, as an end tag in them is none. */
  #slowEnd(start: Token): number | undefined {
    let depth = 1;
    let at = start.end;
    for (;;) {
      const token = this.next(at);
      if (token === undefined) return undefined;
      if (token.kind === "start") depth++;
      if (token.kind === "end" && --depth === 0) return token.end;
      at = token.end;
    }
  }

  #hasSpecial(from: number, to: number): boolean {
    if (this.#special === -2 || (this.#special >= 0 && this.#special < from)) {
      this.#special = this.#nextSpecial(from);
    }
    return this.#special >= 0 && this.#special < to;
  }

  /** `!` and `?` are rare in data, `<` is not: so they are what is searched for. */
  #nextSpecial(from: number): number {
    const first = (byte: number): number => {
      for (let at = this.#bytes.indexOf(byte, from + 1); at >= 0; at = this.#bytes.indexOf(byte, at + 1)) {
        if (this.#bytes[at - 1] === LT) return at - 1;
      }
      return -1;
    };
    const bang = first(BANG);
    const question = first(QUESTION);
    if (bang < 0) return question;
    return question < 0 ? bang : Math.min(bang, question);
  }

  #at(start: number): Token | undefined {
    const second = this.#bytes[start + 1];
    if (second === undefined) return undefined;
    if (second === BANG) return this.#bang(start);
    if (second === QUESTION) return this.#until(start, start + 2, INSTRUCTION_END);
    const close = this.#tagEnd(start + 1);
    if (close === undefined) return undefined;
    if (second === SLASH) {
      return { kind: "end", tag: this.#text(start + 2, close).trimEnd(), start, end: close + 1 };
    }
    const empty = this.#bytes[close - 1] === SLASH;
    const tag = this.#text(start + 1, this.#nameEnd(start + 1, close));
    return { kind: empty ? "empty" : "start", tag, start, end: close + 1 };
  }

  #bang(start: number): Token | undefined {
    if (this.#startsWith(CDATA, start)) return this.#until(start, start + CDATA.length, CDATA_END);
    if (this.#startsWith(COMMENT, start)) return this.#until(start, start + COMMENT.length, COMMENT_END);
    if (this.#bytes.length < start + CDATA.length) return undefined;
    return { kind: "declaration", tag: this.#text(start, start + 20), start, end: start + 2 };
  }

  #until(start: number, from: number, mark: Buffer): Token | undefined {
    const at = this.#bytes.indexOf(mark, from);
    return at < 0 ? undefined : { kind: "other", tag: "", start, end: at + mark.length };
  }

  /** Offset of the `>` that closes a tag; one inside quotes does not. */
  #tagEnd(from: number): number | undefined {
    let quote = 0;
    for (let i = from; i < this.#bytes.length; i++) {
      const byte = this.#bytes[i];
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === GT) return i;
      else if (byte === 0x22 || byte === 0x27) quote = byte;
    }
    return undefined;
  }

  /** Offset after a tag's name, within the tag. */
  #nameEnd(from: number, close: number): number {
    let at = from;
    while (at < close && !isNameEnd(this.#bytes[at])) at++;
    return at;
  }

  #skipBlank(from: number): number {
    let at = from;
    for (let byte = this.#bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; ) {
      at++;
      byte = this.#bytes[at];
    }
    return at;
  }

  #startsWith(mark: Buffer, at: number): boolean {
    return this.#bytes.length >= at + mark.length && mark.compare(this.#bytes, at, at + mark.length) === 0;
  }

  #text(from: number, to: number): string {
    return this.#bytes.toString("utf8", from, to);
  }
}
