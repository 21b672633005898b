import {
  endsInCountry,
  type Issue,
  type Link,
  type NoticeEntry,
  type NoticeOperation,
  type NoticeSection,
} from "../../domain/index.ts";
import type { Block } from "./blocks.ts";
import { changeSides, endsLikeEntry, looksLikeEntry } from "./entry-lines.ts";
import { type HeadingSense, readHeading, saysSeveral, typeAlone } from "./headings.ts";
import { namedList } from "./list-names.ts";
import { readUnits, type Unit } from "./units.ts";

/** A paragraph that is neither heading nor entry: what the page says besides its lists. */
export interface Prose {
  readonly text: string;
  readonly links: readonly Link[];
}

/** What a body says, parted. */
export interface Body {
  readonly sections: readonly NoticeSection[];
  readonly prose: readonly Prose[];
  /** Everything, in order, one text a paragraph. */
  readonly paragraphs: readonly string[];
  readonly issues: readonly Issue[];
}

/** Parts a body into sections and prose. `where` names the page in issues. */
export function readBody(blocks: readonly Block[], where: string): Body {
  const reader = new BodyReader(where);
  const units = readUnits(blocks);
  for (const [at, unit] of units.entries()) reader.take(unit, standsAboveEntry(units, at));
  return {
    sections: reader.sections.filter((section) => section.entries.length > 0 || reader.stated.has(section)),
    prose: reader.prose,
    paragraphs: units.map((unit) => unit.text),
    issues: reader.issues,
  };
}

/** True when the next unit is an entry; behind a sentence, "Individuals" may part the entries by kind first. */
function standsAboveEntry(units: readonly Unit[], at: number): boolean {
  const next = units[at + 1]?.text ?? "";
  if (looksLikeEntry(next)) return true;
  const parted = units[at]?.heading === false && typeAlone(next) !== undefined;
  return parted && looksLikeEntry(units[at + 2]?.text ?? "");
}

const NOTHING = /^\W*(?:none|n\/a|nil|no (?:changes|updates|deletions|additions))\W*$/i;

class BodyReader {
  readonly sections: (NoticeSection & { entries: NoticeEntry[] })[] = [];
  /** Sections whose own heading says what was done: kept even when nothing stands under it. */
  readonly stated = new Set<NoticeSection>();
  readonly prose: Prose[] = [];
  readonly issues: Issue[] = [];
  readonly #where: string;
  #list: string | null = null;
  #intro: HeadingSense | undefined;
  #administrative = false;

  constructor(where: string) {
    this.#where = where;
  }

  /** `above`: the next unit is an entry. */
  take(unit: Unit, above: boolean): void {
    if (looksLikeEntry(unit.text)) this.#entry(unit.text);
    else if (unit.heading) this.#heading(unit, above);
    else if (NOTHING.test(unit.text)) return;
    else this.#paragraph(unit, above);
  }

  #heading(unit: Unit, above: boolean): void {
    const sense = readHeading(unit.text, above);
    if (sense === undefined) {
      if (this.#subheading(unit.text)) return;
      this.#open(unit.text, "other", null);
      this.prose.push(unit);
      this.#warn("unknown-heading", "a heading that names neither a list nor what was done", unit.text);
      return;
    }
    this.#follow(unit.text, sense);
    const section = this.sections[this.sections.length - 1];
    if (section !== undefined && sense.operation !== null) this.stated.add(section);
  }

  /** "Individuals", "Entities": the same operation, another kind of party. */
  #subheading(text: string): boolean {
    const type = typeAlone(text);
    const section = this.sections[this.sections.length - 1];
    if (type === undefined || section === undefined || section.operation === "other") return false;
    if (section.entries.length === 0) this.sections.pop();
    this.#open(section.heading, section.operation, type);
    return true;
  }

  #follow(text: string, sense: HeadingSense): void {
    if (sense.list !== undefined) this.#list = sense.list;
    if (sense.operation === null) {
      // A list's title: what was done stands below it, or stood in the sentence before it.
      this.#administrative = false;
      this.#open(text, this.#intro?.operation ?? "other", null);
      return;
    }
    if (sense.administrative) this.#administrative = true;
    this.#open(text, sense.operation, sense.partyType);
  }

  #paragraph(unit: Unit, above: boolean): void {
    const sense = readHeading(unit.text, above);
    const introduces =
      above || /:\s*$/.test(unit.text) || /^(?:the|in addition,? the) following\b/i.test(unit.text);
    if (sense?.operation != null && introduces) {
      this.#intro = sense;
      this.#follow(unit.text, sense);
      this.prose.push(unit);
      return;
    }
    if (sense !== undefined && introduces) {
      // Names several things at once ("added or removed"): it says nothing about any one line below it.
      if (sense.list !== undefined) this.#list = sense.list;
      this.#intro = undefined;
    }
    if (above && this.#subheading(unit.text)) return;
    if (above && saysSeveral(unit.text)) this.#open(unit.text, "other", null);
    else if (above && /:\s*$|\b(?:following|below)\b/i.test(unit.text)) {
      // Whatever it announces, it is not what the section above is about.
      this.#open(unit.text, "other", null);
      this.#warn("unknown-heading", "a sentence above entries that says not what was done", unit.text);
    }
    const section = this.sections[this.sections.length - 1];
    if (section !== undefined && section.operation !== "other" && untaggedEntry(unit.text)) {
      this.#warn("entry-without-tag", "an entry line without a program tag", unit.text);
      this.#entry(unit.text);
      return;
    }
    this.prose.push(unit);
    if (endsLikeEntry(unit.text) && / \((?:individual|vessel|aircraft)\) \[/.test(unit.text)) {
      this.#warn("entry-in-prose", "an entry within a sentence; it was not read", unit.text);
    }
  }

  #open(heading: string, operation: NoticeOperation, partyType: string | null): void {
    const named = namedList(heading);
    const list = named === undefined ? this.#list : named;
    this.sections.push({
      heading,
      list,
      operation,
      partyType,
      administrative: this.#administrative,
      entries: [],
    });
  }

  #entry(text: string): void {
    if (this.sections.length === 0) {
      this.#open("", "other", null);
      this.#warn("entry-without-heading", "an entry line before any heading", text);
    }
    const section = this.sections[this.sections.length - 1];
    if (section === undefined) return;
    const sides = changeSides(text);
    if (sides === undefined) {
      section.entries.push({ operation: section.operation, text });
      if (section.operation === "change") {
        this.#warn("change-without-sides", "a change line with no -to- in it", text);
      } else if (section.operation === "other") {
        this.#warn(
          "entry-without-operation",
          "an entry line under a heading that says not what was done",
          text,
        );
      }
      return;
    }
    if (section.operation === "add" || section.operation === "delete") {
      this.#warn("change-among-others", `a change line under "${section.heading}"`, text);
    }
    section.entries.push({ operation: "change", text, ...sides });
  }

  #warn(code: string, message: string, example: string): void {
    const at = this.issues.findIndex((issue) => issue.code === code && issue.message === message);
    const known = this.issues[at];
    const short = example.length > 160 ? `${example.slice(0, 159)}\u2026` : example;
    if (known === undefined) {
      this.issues.push({ severity: "warning", code, message, where: this.#where, examples: [short] });
    } else if (known.examples.length < 5) {
      this.issues[at] = { ...known, examples: [...known.examples, short] };
    }
  }
}

/** A name in capitals with attributes, but no tag: as on the oldest pages. */
function untaggedEntry(text: string): boolean {
  return (
    /^["'\u201C]?[\p{Lu}\d][\p{Lu}\d'\u2019.&/-]{2,}/u.test(text) &&
    (/;\s|\((?:a|f|n)\.k\.a\.|\((?:individual|vessel|aircraft)\)/.test(text) ||
      endsInCountry(text.replace(/\.\s*$/, "")))
  );
}
