import type { Placed } from "./chain.ts";
import { fieldLine } from "./change-view.ts";
import { contextViewOf } from "./context-view.ts";
import type { LinkView } from "./link.ts";
import type { NoticeRow } from "./notice-rows.ts";
import { absolute, publicationPath } from "./page.ts";
import type { YearView } from "./page-index.ts";
import type { Bench } from "./plan.ts";
import { publicationView } from "./publication-view.ts";
import { cleanText, isolate, oneLine, utf8 } from "./text.ts";
import { COMPOSED_BANNER, DISCLAIMERS, parties, REMOVAL_NOTE } from "./words.ts";

/** Named parties per section; the rest is on the page. */
const NAMED = 25;

/** Text as Markdown text: nothing in it can become markup, a link or HTML (CommonMark §2.4). */
export function markdownText(text: string): string {
  return isolate(oneLine(cleanText(text)).replace(/[\\`*_{}[\]()<>#+\-.!|~&$:@^=]/g, "\\$&"));
}

/** The changelog for those who read the repository: some records, newest first, and where the older ones are. */
export function renderMarkdown(
  bench: Bench,
  placed: readonly Placed[],
  years: readonly YearView[],
  rows: readonly NoticeRow[],
): Uint8Array {
  const { site } = bench.input;
  const lines = [
    `# ${markdownText(site.title)}`,
    "",
    ...(bench.composed ? [`> **${COMPOSED_BANNER}**`, ""] : []),
    ...DISCLAIMERS.flatMap((line) => [`> ${line}`, ">"]).slice(0, -1),
    "",
    ...[...placed].reverse().flatMap((place) => section(bench, place)),
    ...(rows.length === 0 ? [] : ["## Notices without list change", ""]),
    ...rows.flatMap(({ headline, path, day, items }) => [
      `- [${markdownText(headline)}](${absolute(site, path)}), ${day}`,
      ...items.map((item) => `  - ${markdownText(item)}`),
    ]),
    ...(rows.length === 0 ? [] : [""]),
    ...(years.length === 0 ? [] : ["## By year", ""]),
    ...years.map(({ year, path, count }) => `- [${year}](${absolute(site, path)}changelog.md): ${count}`),
  ];
  return utf8(`${lines.join("\n").trimEnd()}\n`);
}

function section({ input, context }: Bench, { stored }: Placed): string[] {
  const view = publicationView(stored);
  const own = contextViewOf(stored.record, context);
  const added = view.added.flatMap((group) => group.parties);
  const removed = view.removed.flatMap((group) => group.parties);
  const url = absolute(input.site, publicationPath(view.id));
  const notes = [view.kindNote, view.segmentNote].flatMap((note) => (note === null ? [] : [note]));
  const blocks = [
    [`## [${markdownText(view.headline)}](${url})`],
    view.composed || own.composed ? [`**${COMPOSED_BANNER}**`] : [],
    notes.map(markdownText),
    [markdownText(view.meaning)],
    [`Materiality: ${view.materiality}. Legal effect: ${view.legal}. Screening effect: ${view.screening}.`],
    bullets(
      "Notice",
      own.notices.map((link) => markdownLink(link)),
    ),
    bullets(
      "Press release",
      own.pressReleases.map((link) => markdownLink(link)),
    ),
    bullets(
      "Checks",
      (own.checks?.sentences ?? []).map((line) => markdownText(line)),
    ),
    bullets(
      "Also announced that day",
      own.items.map(({ heading, title }) => markdownText(`${heading}: ${title}`)),
    ),
    bullets("Added", added.map(partyLine)),
    bullets("Removed", removed.map(partyLine)),
    removed.length > 0 ? [`*${REMOVAL_NOTE}*`] : [],
    bullets(
      "The same edit on many parties",
      view.massEdits.map((edit) => markdownText(`${edit.countWords}: ${fieldLine(edit.edit)}`)),
    ),
    bullets(
      "Changed",
      view.changed.map(
        (party) =>
          `${partyLine(party)}: ${party.fields.map((field) => markdownText(fieldLine(field))).join("; ")}`,
      ),
    ),
    bullets(
      "Not shown by the source",
      view.unknown.map((party) =>
        markdownText(
          `${party.name} (uid ${party.uid}): ${party.items.map((item) => `${item.field.label} ${item.field.actionWords}`).join("; ")}`,
        ),
      ),
    ),
    [`Record hash: \`${view.hash}\``],
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block) => [...block, ""]);
}

const partyLine = (party: { name: string; uid: number; type: string; programs?: string }): string =>
  markdownText(
    `${party.name} (${party.type}, uid ${party.uid}${party.programs ? `, ${party.programs}` : ""})`,
  );

function bullets(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const left = items.length - NAMED;
  const more = left > 0 ? [`- and ${parties(left)} more on the page`] : [];
  return [`**${title}**`, "", ...items.slice(0, NAMED).map((item) => `- ${item}`), ...more];
}

function markdownLink({ title, href }: LinkView): string {
  return href === null ? markdownText(title) : `[${markdownText(title)}](<${href}>)`;
}
