import { ContentError } from "../domain/index.ts";

/** Uids of a document as they come; at the end those that came twice are refused. */
export class UniqueUids {
  /** As they came; while they ascend, as they do in nearly every file, none can come twice. */
  readonly #all: number[] = [];
  #ascending = true;
  #set: ReadonlySet<number> | undefined;

  add(uid: number): void {
    if (uid <= (this.#all[this.#all.length - 1] ?? -1)) this.#ascending = false;
    this.#all.push(uid);
    this.#set = undefined;
  }

  has(uid: number): boolean {
    this.#set ??= new Set(this.#all);
    return this.#set.has(uid);
  }

  /** How many came, each time counted. */
  get size(): number {
    return this.#all.length;
  }

  /** One of two equal uids would silently win, so neither does. */
  check(name: string): void {
    if (this.#ascending) return;
    const seen = new Set<number>();
    const twice = new Set(this.#all.filter((uid) => seen.size === seen.add(uid).size));
    if (twice.size === 0) return;
    const examples = [...twice].slice(0, 5).join(", ");
    throw new ContentError(
      "duplicate-uid",
      `${name}: expected each uid once, found ${twice.size} more than once (${examples}` +
        `${twice.size > 5 ? ", …" : ""}). The file is damaged; fetch it again.`,
    );
  }
}
