import type { Block, ChangeRow, FactRow, PartyBlock, QuoteRow, Section } from "./digest-blocks.ts";
import type { FootView } from "./digest-foot.ts";
import type { DigestPart, DigestView } from "./digest-view.ts";
import type { Language } from "./language.ts";
import type { LinkView } from "./link.ts";
import { cleanText, isolate, oneLine, wrap } from "./text.ts";

/** Columns of prose. Facts to copy are never broken inside a word. */
const WIDTH = 76;

/** The plain-text part but for its foot: what the HTML says, in the same order. Lines end in LF. */
export function digestText(view: DigestView, language: Language): string {
  return joined([
    ...(view.banner === null ? [] : [`*** ${value(view.banner)} ***`, ""]),
    ...(view.title === null ? [] : [...prose(view.title), ""]),
    ...view.parts.flatMap((part, at) => [...(at === 0 ? [] : rule("=")), ...partLines(part, language)]),
    ...(view.sections.length > 0 && view.parts.length > 1 ? rule("=") : []),
    ...view.sections.flatMap((one) => sectionLines(one, language)),
  ]);
}

/** What each reader has of his own. */
export function footText(foot: FootView): string {
  return joined([
    ...foot.notes.flatMap((note) => prose(note)),
    "",
    ...foot.unsubscribe.flatMap(({ title, href }) => [`${value(title)}: ${href ?? ""}`]),
    "",
    "-- ",
    ...foot.disclaimers.flatMap((line) => prose(line)),
    `${value(foot.site.title)}: ${foot.site.href ?? ""}`,
  ]);
}

const joined = (all: readonly string[]): string => `${all.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;

function partLines(part: DigestPart, language: Language): string[] {
  return [
    value(part.kicker),
    ...prose(part.headline),
    "",
    part.effects.map(({ label, words }) => `${value(label)}: ${value(words)}`).join(". "),
    "",
    ...part.top.flatMap((block) => blockLines(block, language)),
    ...part.sections.flatMap((one) => sectionLines(one, language)),
  ];
}

function sectionLines({ title, blocks }: Section, language: Language): string[] {
  const heading = value(title);
  const under = "-".repeat(Math.min(WIDTH, heading.length));
  return ["", heading, under, ...blocks.flatMap((block) => blockLines(block, language)), ""];
}

function blockLines(block: Block, language: Language): string[] {
  switch (block.partial) {
    case "mail-text":
    case "mail-quiet":
    case "mail-alert":
      return [...prose(block.text), ""];
    case "mail-glance":
      return [
        ...block.rows.flatMap(({ sign, title, counts, names }) =>
          wrap(
            `${sign} ${value(title)}: ${value(counts)}${names.length === 0 ? "" : `: ${names.map(value).join("; ")}`}`,
            WIDTH,
            "",
            "  ",
          ),
        ),
        "",
      ];
    case "mail-lines":
      return [...block.items.flatMap((item) => wrap(value(item), WIDTH, "- ", "  ")), ""];
    case "mail-group":
      return ["", `[${value(block.title)}] ${value(block.counts)}`, ""];
    case "mail-facts":
      return [
        ...(block.title === null ? [] : wrap(`${value(block.title)}:`, WIDTH, "  ")),
        ...block.facts.flatMap((row) => factLines(row, block.title === null ? "" : "    ")),
        "",
      ];
    case "mail-party":
      return partyLines(block, language);
    case "mail-names":
      return [
        ...wrap(
          block.items.map(({ name, note }) => `${value(name)} (${value(note)})`).join("; "),
          WIDTH,
          "  ",
        ),
        "",
      ];
    case "mail-changes":
      return [
        ...(block.title === null ? [] : wrap(`${value(block.title)}:`, WIDTH, "  ")),
        ...block.changes.flatMap((row) => changeLines(row, language)),
        "",
      ];
    case "mail-links":
      return [
        ...(block.label === null ? [] : [`${value(block.label)}:`]),
        ...block.links.flatMap(linkLines),
        "",
      ];
    case "mail-quotes":
      return [...block.quotes.flatMap((quote) => quoteLines(quote, "")), ""];
  }
}

function partyLines(party: PartyBlock, language: Language): string[] {
  return [
    ...wrap(`${value(party.name)} (${value(party.under)})`, WIDTH, "  ", "    "),
    ...party.said.flatMap((line) => wrap(value(line), WIDTH, "    ")),
    ...party.facts.flatMap((row) => factLines(row, "    ")),
    ...party.changes.flatMap((row) => changeLines(row, language)),
    ...party.quotes.flatMap((quote) => quoteLines(quote, "    ")),
    ...party.notes.flatMap((note) => wrap(value(note), WIDTH, "    ")),
    "",
  ];
}

function factLines({ label, values }: FactRow, indent: string): string[] {
  return wrap(`${value(label)}: ${values.map(value).join("; ")}`, WIDTH, indent, `${indent}  `);
}

/** Short changes on one line; longer ones with before and after below each other. */
function changeLines({ label, before, after, note }: ChangeRow, language: Language): string[] {
  const tail = note === null ? "" : ` ${value(note)}`;
  const both = before !== null && after !== null;
  const said = both ? `${value(before)} \u2192 ${value(after)}` : value(after ?? before ?? "");
  const line = `${value(label)}: ${said}${tail}`;
  if (!both || line.length <= WIDTH - 4) return wrap(line, WIDTH, "    ", "      ");
  const { mail } = language.words;
  const width = Math.max(mail.before.length, mail.after.length) + 2;
  const from = `      ${`${mail.before}:`.padEnd(width)}`;
  const to = `      ${`${mail.after}:`.padEnd(width)}`;
  return [
    `    ${value(label)}:`,
    ...wrap(value(before), WIDTH, from, " ".repeat(from.length)),
    ...wrap(`${value(after)}${tail}`, WIDTH, to, " ".repeat(to.length)),
  ];
}

function quoteLines({ text, source }: QuoteRow, indent: string): string[] {
  return [
    ...wrap(value(text), WIDTH, `${indent}> `),
    ...(source === null ? [] : linkLines(source).map((line) => `${indent}${line}`)),
  ];
}

const linkLines = ({ title, href }: LinkView): string[] => [
  ...wrap(value(title), WIDTH, "  "),
  ...(href === null || href === title ? [] : [`    ${href}`]),
];

const rule = (mark: string): string[] => ["", mark.repeat(WIDTH), ""];
const prose = (words: string): string[] => wrap(value(words), WIDTH);
const value = (words: string): string => isolate(oneLine(cleanText(words)));
