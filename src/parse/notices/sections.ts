import type { Issue, Link, NoticeEntry, NoticeOperation, NoticeSection } from "../../domain/index.ts";
import type { Block } from "./blocks.ts";
import { changeSides, continues, endsLikeEntry, looksLikeEntry, splitSeams } from "./entry-lines.ts";
import { type HeadingSense, namedList, readHeading, saysSeveral, typeAlone } from "./headings.ts";

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

interface Unit {
  readonly text: string;
  readonly heading: boolean;
  readonly links: readonly Link[];
}

/** Parts a body into sections and prose. `where` names the page in issues. */
export function readBody(blocks: readonly Block[], where: string): Body {
  const reader = new BodyReader(where);
  const units = joinContinued(blocks.flatMap(unitsOf));
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

/** How many links of one paragraph are told apart. */
const LINKS = 200;

/** How many lines of one paragraph one entry may run over. */
const MOST_LINES = 200;

/** A block's entries, headings and paragraphs, however they were run together. */
function unitsOf(block: Block): Unit[] {
  const whole = block.lines.filter((line) => line !== "").join(" ");
  const heading = block.heading > 0 || (block.bold && whole.length <= 300);
  if (heading && !looksLikeEntry(whole)) return [{ text: whole, heading: true, links: block.links }];
  const links = block.links.slice(0, LINKS);
  const texts: string[] = [];
  let joined = 0;
  for (const line of block.lines) {
    const last = texts.length - 1;
    if (line === "") joined = 0;
    else if (joined > 0 && joined < MOST_LINES && !partsHere(texts[last] ?? "", line)) {
      texts[last] = `${texts[last]} ${line}`;
      joined += 1;
    } else {
      texts.push(line);
      joined = 1;
    }
  }
  return texts
    .flatMap(splitAnnounced)
    .flatMap((text) => (looksLikeEntry(text) ? splitSeams(text) : [text]))
    .map((text) => ({ text, heading: false, links: links.filter((link) => text.includes(link.title)) }));
}

/** "The following entries have been changed: ABC LLC [TAG]." is a heading and an entry. */
function splitAnnounced(text: string): string[] {
  const at = text.indexOf(": ") + 1;
  if (at === 0 || looksLikeEntry(text)) return [text];
  const [heading, entry] = [text.slice(0, at), text.slice(at).trim()];
  return readHeading(heading)?.operation != null && looksLikeEntry(entry) ? [heading, entry] : [text];
}

/** True when two neighbouring lines of a paragraph are two things. */
function partsHere(text: string, next: string): boolean {
  if (continues(text, next)) return false;
  if (endsLikeEntry(text)) return true;
  return (/:\s*$/.test(text) && readHeading(text) !== undefined) || /^The following\b.*:\s*$/i.test(next);
}

/** How many pieces one entry may have been broken into. */
const PIECES = 20;

/** Entries that the page broke in two are one again. */
function joinContinued(units: readonly Unit[]): Unit[] {
  const out: Unit[] = [];
  let pieces = 1;
  for (const unit of units) {
    const last = out[out.length - 1];
    if (
      last !== undefined &&
      pieces < PIECES &&
      !last.heading &&
      !unit.heading &&
      belongTogether(last.text, unit.text)
    ) {
      out[out.length - 1] = {
        ...last,
        text: `${last.text} ${unit.text}`,
        links: [...last.links, ...unit.links],
      };
      pieces += 1;
    } else {
      out.push(unit);
      pieces = 1;
    }
  }
  return out;
}

function belongTogether(text: string, next: string): boolean {
  return continues(text, next) && readHeading(text)?.operation == null && looksLikeEntry(`${text} ${next}`);
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
    if (sense.list !== null) this.#list = sense.list;
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
      if (sense.list !== null) this.#list = sense.list;
      this.#intro = undefined;
    }
    if (above && saysSeveral(unit.text)) this.#open(unit.text, "other", null);
    if (above && this.#subheading(unit.text)) return;
    const section = this.sections[this.sections.length - 1];
    if (section !== undefined && section.operation !== "other" && untaggedEntry(unit.text)) {
      this.#warn("entry-without-tag", "an entry line without a program tag", unit.text);
      this.#entry(unit.text);
      return;
    }
    this.prose.push(unit);
  }

  #open(heading: string, operation: NoticeOperation, partyType: string | null): void {
    const list = namedList(heading) ?? this.#list;
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
    /;\s|\((?:a|f|n)\.k\.a\.|\((?:individual|vessel|aircraft)\)/.test(text)
  );
}
