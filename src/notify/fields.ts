import { nearestWord } from "../domain/index.ts";

/**
 * Reads the members of one JSON object, notes every fault in one place and carries on, so that an operator
 * sees all faults of a document at once. `finish` reports members that nobody asked for.
 */
export class Fields {
  readonly #where: string;
  readonly #faults: string[];
  readonly #members: ReadonlyMap<string, unknown>;
  readonly #asked = new Set<string>();

  constructor(value: unknown, where: string, faults: string[]) {
    this.#where = where;
    this.#faults = faults;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) this.#faults.push(`${where}: expected an object, found ${kindOf(value)}`);
    this.#members = new Map(isObject ? Object.entries(value) : []);
  }

  has(name: string): boolean {
    this.#asked.add(name);
    return this.#members.has(name);
  }

  is(name: string, value: string): boolean {
    return this.#take(name) === value;
  }

  /** A text that a test accepts; `otherwise` when the member is left out. */
  text(name: string, accepts: (text: string) => boolean, expected: string, otherwise?: string): string {
    const value = this.#take(name);
    if (value === undefined && otherwise !== undefined) return otherwise;
    if (typeof value === "string" && accepts(value)) return value;
    this.fault(name, expected, shown(value));
    return "";
  }

  /** A text that must not appear in any message. */
  secretText(name: string, normal: (text: string) => string | undefined, expected: string): string {
    const value = this.#take(name);
    const read = typeof value === "string" ? normal(value) : undefined;
    if (read === undefined) this.fault(name, expected, `${kindOf(value)}, which is not shown here`);
    return read ?? "";
  }

  /** One of some texts; the first of them stands in after a fault. */
  oneOf<T extends string>(name: string, allowed: readonly T[], otherwise?: T): T {
    const value = this.#take(name);
    if (value === undefined && otherwise !== undefined) return otherwise;
    const found = allowed.find((one) => one === value);
    if (found === undefined) this.fault(name, `one of ${allowed.join(", ")}`, shown(value));
    return found ?? otherwise ?? first(allowed);
  }

  integer(name: string, least: number, most: number): number {
    const value = this.#take(name);
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    this.fault(name, `a whole number from ${least} to ${most}`, shown(value));
    return least;
  }

  /** `false` when left out. */
  flag(name: string): boolean {
    const value = this.#take(name);
    if (value === undefined || typeof value === "boolean") return value ?? false;
    this.fault(name, "true or false", shown(value));
    return false;
  }

  object(name: string): Fields {
    return new Fields(this.#take(name), `${this.#where}: ${name}`, this.#faults);
  }

  list(name: string): readonly unknown[] {
    const value = this.#take(name);
    if (Array.isArray(value)) return value;
    this.fault(name, "a list", kindOf(value));
    return [];
  }

  /**
   * A list of at least one text; undefined when left out. An empty list would hide everything. Beside a text that is
   * not accepted stands which of those that are `known` was most likely meant.
   */
  values<T extends string>(
    name: string,
    accepts: (text: string) => text is T,
    expected: string,
    known: readonly string[] = [],
  ): readonly T[] | undefined {
    if (!this.has(name)) return undefined;
    const found = this.list(name);
    if (found.length === 0) this.fault(name, `${expected}, or no such member`, "an empty list");
    const good = found.filter((value): value is T => typeof value === "string" && accepts(value));
    for (const value of found) {
      if (typeof value === "string" && accepts(value)) continue;
      const near = typeof value === "string" ? nearestWord(value, known) : undefined;
      this.fault(name, expected, `${shown(value)}${near === undefined ? "" : `; was ${near} meant?`}`);
    }
    return good;
  }

  fault(name: string, expected: string, found: string): void {
    this.#faults.push(`${this.#where}: ${name}: expected ${expected}, found ${found}`);
  }

  finish(): void {
    for (const name of this.#members.keys()) {
      if (!this.#asked.has(name))
        this.#faults.push(`${this.#where}: expected no member ${shown(name)}, found it`);
    }
  }

  #take(name: string): unknown {
    this.#asked.add(name);
    return this.#members.get(name);
  }
}

function first<T>(values: readonly T[]): T {
  const [value] = values;
  if (value === undefined) throw new Error("expected at least one allowed value");
  return value;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

/** Short, printable, and never an address: what has an @ or a scheme is named by its kind. */
function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string" || /[@:]/.test(value)) return kindOf(value);
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
