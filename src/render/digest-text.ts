import { type FieldView, fieldLine } from "./change-view.ts";
import type { DigestPart, DigestView } from "./digest-view.ts";
import type { EventView, PartyEventView } from "./event-view.ts";
import type { LinkView } from "./link.ts";
import type { ItemView } from "./notice-view.ts";
import { factLine, type PartyView } from "./party-view.ts";
import type { PartyGroup } from "./publication-view.ts";
import type { ChecksView } from "./reconciliation-view.ts";
import { cleanText, isolate, oneLine, wrap } from "./text.ts";
import type { WhyView } from "./why-view.ts";
import { MAIL_WORDS } from "./words-mail.ts";

/** Columns of prose. Facts to copy are never broken inside a word. */
const WIDTH = 76;

/** The plain-text part: the same facts as the HTML, in the same order. Lines end in LF. */
export function digestText(view: DigestView): string {
  const { words } = view;
  const lines = [
    ...(view.composedBanner === null ? [] : [`*** ${view.composedBanner} ***`, ""]),
    ...view.parts.flatMap((part, at) => [...(at === 0 ? [] : rule("=")), ...publication(part, view)]),
    ...section(
      words.why,
      view.notes.flatMap((note) => prose(note)),
    ),
    ...view.unsubscribe.flatMap((address) => [`${words.unsubscribe}: ${address}`, ""]),
    "-- ",
    ...view.disclaimers.flatMap((line) => prose(line)),
    `${value(view.siteTitle)}: ${view.homeUrl}`,
  ];
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

function publication(part: DigestPart, view: DigestView): string[] {
  const { words } = view;
  const { publication: own, context } = part;
  return [
    value(own.headline),
    `${own.longDate}, ${own.list}`,
    "",
    ...prose(own.meaning),
    "",
    `${words.legal}: ${own.legal}. ${words.screening}: ${own.screening}.`,
    "",
    ...optional(own.kindNote),
    ...(own.unconfirmedRemovals ? [...prose(words.unconfirmed), ""] : []),
    ...section(words.notices, context.notices.flatMap(link)),
    ...section(words.pressReleases, context.pressReleases.flatMap(link)),
    ...section(
      words.events,
      own.events.flatMap((event) => prose(eventLine(event, words))),
    ),
    ...partySection(`${words.added}: ${own.addedWords}`, own.added, null),
    ...partySection(`${words.removed}: ${own.removedWords}`, own.removed, view.removalNote),
    ...section(
      words.massEdits,
      own.massEdits.flatMap((edit) => [...prose(`- ${edit.countWords}:`), ...field(edit.edit)]),
    ),
    ...section(
      own.massEdits.length === 0
        ? `${words.changed}: ${own.changedWords}`
        : `${words.changedBeside}: ${own.residualWords}`,
      own.changed.flatMap((party) => [
        ...heading(party.name, `${party.typeWords}, uid ${party.uid}`),
        ...party.fields.flatMap(field),
        "",
      ]),
    ),
    ...section(
      words.unknown,
      own.unknown.length === 0
        ? []
        : [
            ...prose(words.unknownNote),
            ...own.unknown.flatMap((party) => [
              ...heading(party.name, `${party.typeWords}, uid ${party.uid}`),
              ...party.items.flatMap((item) => [
                ...field(item.field),
                ...wrap(value(item.detail), WIDTH, "      "),
              ]),
              "",
            ]),
          ],
    ),
    ...(context.checks === null ? [] : checks(context.checks, words)),
    ...section(
      words.items,
      context.items.flatMap((item) => itemLines(item, words)),
    ),
    ...section(
      words.coverage,
      own.notCovered.map((line) => `- ${line}`),
    ),
    ...section(words.links, [
      `${words.page}: ${part.pageUrl}`,
      `${words.json}: ${part.jsonUrl}`,
      `${words.hash}: ${own.hash}`,
      ...part.sources.map((source) => `${words.source}: ${value(source)}`),
      ...(part.firstSeen === null ? [] : [`${words.firstSeen}: ${part.firstSeen}`]),
      `${words.happened}: ${part.happened}`,
    ]),
  ];
}

function checks(view: ChecksView, words: DigestView["words"]): string[] {
  return [
    ...section(
      `${words.checks}: ${view.verdict}`,
      [...view.sentences, ...view.delta].flatMap((line) => wrap(value(line), WIDTH, "- ", "  ")),
    ),
    ...section(
      words.quotes,
      view.quotes.flatMap(({ text, source }) => [...wrap(value(text), WIDTH, "> "), ...link(source), ""]),
    ),
  ];
}

function itemLines({ heading, title, expires, links }: ItemView, words: DigestView["words"]): string[] {
  const until = expires === null ? "" : `; ${words.expires} ${expires}`;
  return [...wrap(value(`${heading}: ${title}${until}`), WIDTH, "- ", "  "), ...links.flatMap(link)];
}

function whyLines({ quotes, more, authorities }: WhyView): string[] {
  return [
    ...quotes.flatMap(({ text, above, source }) =>
      text === null
        ? wrap(value(`${MAIL_WORDS.quotedAt} ${above ?? ""}.`), WIDTH, "    ")
        : [
            ...wrap(value(text), WIDTH, "    > "),
            ...wrap(value(source.title), WIDTH, "      "),
            ...(source.href === null ? [] : [`      ${source.href}`]),
          ],
    ),
    ...(more === null ? [] : wrap(value(`${more}.`), WIDTH, "    ")),
    ...(authorities === null ? [] : wrap(value(`${MAIL_WORDS.authorities}: ${authorities}`), WIDTH, "    ")),
  ];
}

function eventLine(event: EventView, words: DigestView["words"]): string {
  const verb = event.verb === null ? "" : `, ${event.verb}`;
  const names = [...event.parties.map(({ name, uid }) => `${name} (uid ${uid})`), event.more ?? ""];
  const told = event.statement ?? names.filter((name) => name !== "").join("; ");
  const remains = event.remainsOn === null ? "" : ` ${words.remainsOn} ${event.remainsOn}.`;
  const evidence = event.evidence.map((item) => ` ${item}.`).join("");
  return `- ${event.name}${verb}: ${told}.${remains} (${event.certainty})${evidence}`;
}

function partySection(title: string, groups: readonly PartyGroup[], note: string | null): string[] {
  if (groups.length === 0) return [];
  return section(title, [
    ...(note === null ? [] : [...prose(note), ""]),
    ...groups.flatMap((group) => [
      `[${value(group.program)}] ${group.countWords}`,
      "",
      ...group.parties.flatMap(party),
    ]),
  ]);
}

function party(view: PartyView): string[] {
  return [
    ...heading(view.name, `${view.typeWords}, uid ${view.uid}`),
    ...eventOfParty(view.event).flatMap((line) => wrap(value(line), WIDTH, "    ")),
    ...view.facts.flatMap((fact) => wrap(value(factLine(fact)), WIDTH, "    ", "      ")),
    ...(view.why === null ? [] : whyLines(view.why)),
    "",
  ];
}

function eventOfParty({ statement, likely, remainsOn }: PartyEventView): string[] {
  return [
    ...(statement === null ? [] : [`${likely ? "Likely: " : ""}${statement}.`]),
    ...(remainsOn === null ? [] : [`Remains on ${remainsOn}.`]),
  ];
}

const heading = (name: string, rest: string): string[] =>
  wrap(`${value(name)} (${rest})`, WIDTH, "  ", "    ");

/** Short changes on one line; longer ones with before and after below each other. */
function field(view: FieldView): string[] {
  const line = value(fieldLine(view));
  if (line.length <= WIDTH - 4 || view.note !== null || view.before === null || view.after === null) {
    return wrap(line, WIDTH, "    ", "      ");
  }
  return [
    `    ${value(`${view.label} ${view.actionWords}`)}:`,
    ...wrap(value(view.before), WIDTH, "      from: ", "            "),
    ...wrap(value(view.after), WIDTH, "      to:   ", "            "),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const heading = value(title);
  return [heading, "-".repeat(Math.min(WIDTH, heading.length)), ...lines, ""];
}

const rule = (mark: string): string[] => [mark.repeat(WIDTH), ""];
const prose = (text: string): string[] => wrap(value(text), WIDTH);
const optional = (text: string | null): string[] => (text === null ? [] : [...prose(text), ""]);
const value = (text: string): string => isolate(oneLine(cleanText(text)));
const link = ({ title, href }: LinkView): string[] => [
  ...prose(title),
  ...(href === null || href === title ? [] : [`  ${href}`]),
];
