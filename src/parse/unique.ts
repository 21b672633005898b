import { ContentError } from "../domain/index.ts";

/** Uids of a document as they come; at the end those that came twice are refused. */
export class UniqueUids {
  readonly #seen = new Set<number>();
  readonly #twice = new Set<number>();

  add(uid: number): void {
    if (this.#seen.has(uid)) this.#twice.add(uid);
    else this.#seen.add(uid);
  }

  has(uid: number): boolean {
    return this.#seen.has(uid);
  }

  get size(): number {
    return this.#seen.size;
  }

  /** One of two equal uids would silently win, so neither does. */
  check(name: string): void {
    if (this.#twice.size === 0) return;
    const examples = [...this.#twice].slice(0, 5).join(", ");
    throw new ContentError(
      "duplicate-uid",
      `${name}: expected each uid once, found ${this.#twice.size} more than once (${examples}` +
        `${this.#twice.size > 5 ? ", …" : ""}). The file is damaged; fetch it again.`,
    );
  }
}
