import { ContentError, type Note } from "../domain/index.ts";
import type { XmlElement } from "./xml-tree.ts";

/** Which record is being read, and what was odd in it. */
export interface Reading {
  /** File and record, for messages, e.g. `SDN.XML, record 12`. */
  readonly where: string;
  /** How the record is called in an example, e.g. `uid 17018`. */
  label: string;
  readonly notes: Note[];
}

/**
 * An element that is consumed field by field. What is left in the end is reported: an unknown element or
 * attribute is a note, an unknown structure (a text where elements are due, a single field twice, a missing
 * one) is fatal.
 */
export class Fields {
  readonly #element: XmlElement;
  readonly #reading: Reading;
  readonly #parent: Fields | null;
  #left: number;
  #audited = false;
  #taken: boolean[] | undefined;
  #readAttributes: readonly string[] = NONE;

  constructor(element: XmlElement, reading: Reading, parent: Fields | null = null) {
    this.#element = element;
    this.#reading = reading;
    this.#parent = parent;
    this.#left = element.children.length;
  }

  /** Text of a single child; undefined when it is missing or empty. */
  text(name: string): string | undefined {
    const child = this.#single(name);
    if (child === undefined) return undefined;
    // Nearly every element is a plain text, and there are a million of them.
    if (child.children.length === 0 && child.attributes === null) return textOf(child);
    return new Fields(child, this.#reading, this).value();
  }

  /** Text of a single child that must be there. */
  required(name: string): string {
    return this.text(name) ?? this.#fail("missing-field", `the field <${name}>`, "none");
  }

  /** Text of the element itself, which must hold no elements. */
  value(): string | undefined {
    if (this.#element.children.length > 0) this.#fail("unknown-structure", "a text", "elements");
    this.#audit();
    return textOf(this.#element);
  }

  /** Text of the element itself, which must not be empty. */
  requiredValue(): string {
    return this.value() ?? this.#fail("missing-field", "a text", "none");
  }

  /** An integer child that must be there. */
  integer(name: string): number {
    return this.#integer(`<${name}>`, this.required(name));
  }

  /** `true` or `false`, which the schemas require; the fallback, with a note, when it is missing. */
  boolean(name: string, fallback: boolean): boolean {
    const text = this.text(name)?.trim();
    if (text === undefined) {
      this.#note("missing-flag", `${this.#path()}/${name}`, `taken for ${fallback}`);
      return fallback;
    }
    if (text === "true" || text === "1") return true;
    if (text === "false" || text === "0") return false;
    return this.#fail("unknown-structure", `true or false in <${name}>`, JSON.stringify(text.slice(0, 40)));
  }

  attribute(name: string): string | undefined {
    this.ignoreAttributes(name);
    return this.#element.attributes?.get(name);
  }

  /** An integer attribute that must be there. */
  integerAttribute(name: string): number {
    const text = this.attribute(name);
    return this.#integer(`the attribute ${name}`, text ?? "");
  }

  /** `true`, `false`, or undefined where it is missing. */
  optionalBoolean(name: string): boolean | undefined {
    return this.#element.children.some((child) => child.name === name)
      ? this.boolean(name, false)
      : undefined;
  }

  /** A single child, read and audited; undefined when it is missing. */
  child<T>(name: string, read: (fields: Fields) => T): T | undefined {
    const child = this.#single(name);
    if (child === undefined) return undefined;
    const fields = new Fields(child, this.#reading, this);
    const result = read(fields);
    fields.done();
    return result;
  }

  /** A single child that must be there; the caller audits it. */
  requiredChild(name: string): Fields {
    const child = this.#single(name) ?? this.#fail("missing-field", `the element <${name}>`, "none");
    return new Fields(child, this.#reading, this);
  }

  /** All children of a name, read one by one; each is audited. */
  each<T>(name: string, read: (fields: Fields) => T): T[] {
    const result: T[] = [];
    const children = this.#element.children;
    for (let index = 0; index < children.length; index++) {
      const child = children[index];
      if (child?.name !== name) continue;
      this.#take(index);
      const fields = new Fields(child, this.#reading, this);
      result.push(read(fields));
      fields.done();
    }
    return result;
  }

  /** The items of a container, e.g. `akaList` of `aka`; none when the container is missing. */
  items<T>(container: string, item: string, read: (fields: Fields) => T): T[] {
    return this.child(container, (fields) => fields.each(item, read)) ?? [];
  }

  /** Fields that are known and left unread on purpose. */
  ignore(...names: readonly string[]): void {
    this.#element.children.forEach((child, index) => {
      if (names.includes(child.name)) this.#take(index);
    });
  }

  ignoreAttributes(...names: readonly string[]): void {
    this.#readAttributes = this.#readAttributes.length === 0 ? names : [...this.#readAttributes, ...names];
  }

  /** The same, with attributes that are left unread on purpose. */
  ignoring(...names: readonly string[]): this {
    this.ignoreAttributes(...names);
    return this;
  }

  /** Audits what nobody asked for. To be called once all known fields are read. */
  done(): void {
    if (this.#audited) return;
    const text = this.#element.text.trim();
    if (text !== "") {
      this.#fail("unknown-structure", "elements", `the text ${JSON.stringify(text.slice(0, 40))}`);
    }
    this.#audit();
  }

  /** Elements and attributes that nobody asked for. */
  #audit(): void {
    if (this.#audited) return;
    this.#audited = true;
    if (this.#left > 0) {
      this.#element.children.forEach((child, index) => {
        if (this.#taken?.[index] !== true)
          this.#note("unknown-element", `${this.#path()}/${child.name}`, child.text);
      });
    }
    if (this.#element.attributes !== null) {
      for (const [name, value] of this.#element.attributes) {
        if (!this.#readAttributes.includes(name))
          this.#note("unknown-attribute", `${this.#path()}/@${name}`, value);
      }
    }
  }

  #single(name: string): XmlElement | undefined {
    let found: XmlElement | undefined;
    const children = this.#element.children;
    for (let index = 0; index < children.length; index++) {
      const child = children[index];
      if (child?.name !== name) continue;
      if (found !== undefined) this.#fail("unknown-structure", `one <${name}>`, "two");
      found = child;
      this.#take(index);
    }
    return found;
  }

  #take(index: number): void {
    const taken = this.#taken ?? [];
    this.#taken = taken;
    if (taken[index] === true) return;
    taken[index] = true;
    this.#left--;
  }

  #integer(what: string, text: string): number {
    const trimmed = text.trim();
    if (!/^\d{1,10}$/.test(trimmed)) {
      this.#fail("unknown-structure", `a number in ${what}`, JSON.stringify(trimmed.slice(0, 40)));
    }
    return Number(trimmed);
  }

  #note(code: string, subject: string, example: string): void {
    if (this.#reading.notes.length >= NOTES_LIMIT) return;
    const text = example.trim().slice(0, 60);
    this.#reading.notes.push({
      code,
      subject,
      example: text === "" ? this.#reading.label : `${this.#reading.label}: ${text}`,
    });
  }

  #path(): string {
    const name = this.#element.name;
    return this.#parent === null ? name : `${this.#parent.#path()}/${name}`;
  }

  #fail(code: string, expected: string, found: string): never {
    throw new ContentError(
      code,
      `${this.#reading.where} (${this.#reading.label}): expected ${expected} in <${this.#path()}>, found ${found}. ` +
        "OFAC's format has changed or the file is damaged; nothing of it is used.",
    );
  }
}

const NONE: readonly string[] = [];

/** A record with more oddities than this is shown by its first ones. */
const NOTES_LIMIT = 1000;

function textOf(element: XmlElement): string | undefined {
  const text = element.text;
  return text === "" || text.trim() === "" ? undefined : text;
}
