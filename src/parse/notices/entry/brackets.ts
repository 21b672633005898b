/** A matched pair of brackets: offsets of the opening and the closing one. */
export interface Group {
  readonly open: number;
  readonly close: number;
}

/**
 * Brackets of a line, matched once. A bracket without partner is a letter like any other: names and addresses
 * have such, and one of them must not swallow the rest of the line.
 */
export class Brackets {
  readonly text: string;
  readonly #closeOf = new Map<number, number>();
  readonly #openOf = new Map<number, number>();
  #lost = false;
  #left = false;

  constructor(text: string) {
    this.text = text;
    const open: number[] = [];
    for (let i = 0; i < text.length; i += 1) {
      const char = text[i];
      if (char === "(" || char === "[") open.push(i);
      else if (char === ")" || char === "]") this.#match(open, i, char === ")" ? "(" : "[");
    }
    this.#left ||= open.some((at) => text[at] === "(");
  }

  /** Whether some round bracket was opened and never closed, and closed without having been opened. */
  unmatched(): { readonly opened: boolean; readonly closed: boolean } {
    return { opened: this.#left, closed: this.#lost };
  }

  #match(open: number[], at: number, partner: string): void {
    for (let i = open.length - 1; i >= 0; i -= 1) {
      const from = open[i];
      if (from === undefined || this.text[from] !== partner) continue;
      // What was opened inside and never closed is a letter.
      this.#left ||= open.slice(i + 1).some((inner) => this.text[inner] === "(");
      open.length = i;
      this.#closeOf.set(from, at);
      this.#openOf.set(at, from);
      return;
    }
    this.#lost ||= partner === "(";
  }

  /** The group opening here, if any. */
  groupAt(open: number): Group | undefined {
    const close = this.#closeOf.get(open);
    return close === undefined ? undefined : { open, close };
  }

  /** The group closing here, if any. */
  groupEndingAt(close: number): Group | undefined {
    const open = this.#openOf.get(close);
    return open === undefined ? undefined : { open, close };
  }

  /** Positions in [from, to) that lie in no group opened there and hold this character. */
  outside(char: string, from: number, to: number): number[] {
    const found: number[] = [];
    for (let i = from; i < to; i += 1) {
      const close = this.#closeOf.get(i);
      if (close !== undefined && close < to) i = close;
      else if (this.text[i] === char) found.push(i);
    }
    return found;
  }

  /** Groups in [from, to) that lie in no other. */
  groups(from: number, to: number): Group[] {
    const found: Group[] = [];
    for (let i = from; i < to; i += 1) {
      const close = this.#closeOf.get(i);
      if (close === undefined || close >= to) continue;
      found.push({ open: i, close });
      i = close;
    }
    return found;
  }

  /**
   * [from, to) parted at a character, white space at the ends left out; empty parts dropped. `cutsAt`: whether
   * the character at this place parts at all.
   */
  split(
    char: string,
    from: number,
    to: number,
    cutsAt: (at: number) => boolean = () => true,
  ): { start: number; end: number }[] {
    const cuts = [...this.outside(char, from, to).filter(cutsAt), to];
    const parts: { start: number; end: number }[] = [];
    let start = from;
    for (const cut of cuts) {
      const part = this.trim(start, cut);
      if (part.end > part.start) parts.push(part);
      start = cut + 1;
    }
    return parts;
  }

  /** [start, end) without white space at its ends. */
  trim(start: number, end: number): { start: number; end: number } {
    let from = start;
    let to = end;
    while (from < to && this.text[from] === " ") from += 1;
    while (to > from && this.text[to - 1] === " ") to -= 1;
    return { start: from, end: to };
  }
}
