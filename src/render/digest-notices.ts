import type { ContextEntry, Notice, NoticeItem } from "../domain/index.ts";
import type { ContextIndex } from "./context-view.ts";
import { type Block, links, type Room, type Section, section, text } from "./digest-blocks.ts";
import type { Language } from "./language.ts";
import { type LinkView, linkView } from "./link.ts";
import { changesNothing } from "./notice-view.ts";
import { capital } from "./words.ts";
import { dateWords } from "./words-date.ts";

/** Notices and press releases of a publication as links. */
export function contextLinks(entries: readonly ContextEntry[], language: Language): Block[] {
  const { mail } = language.words;
  const notices = entries.flatMap(({ notice }) => notice ?? []);
  const press = new Map<string, LinkView>();
  for (const { pressRelease } of entries) {
    if (pressRelease !== undefined)
      press.set(pressRelease.url, linkView(pressRelease.title, pressRelease.url));
  }
  for (const link of notices.flatMap(({ pressReleases }) => pressReleases)) {
    if (!press.has(link.url)) press.set(link.url, linkView(link.title, link.url));
  }
  return [
    ...links(mail.notice, unique(notices.map(({ title, url }) => linkView(title, url)))),
    ...links(mail.pressRelease, [...press.values()]),
  ];
}

function unique(all: readonly LinkView[]): LinkView[] {
  return [...new Map(all.map((link) => [link.href ?? link.title, link])).values()];
}

/** What the notices of a publication announce besides list changes: licences, determinations, FAQs, enforcement. */
export function itemSection(entries: readonly ContextEntry[], room: Room, language: Language): Section[] {
  const items = entries.flatMap(({ notice }) => (notice === undefined ? [] : newsOf(notice)));
  const blocks = items.slice(0, room.lines).flatMap((item) => itemBlocks(item, language));
  return section(language.words.mail.items, [...blocks, ...rest(items.length - room.lines, language)]);
}

/** Notices that changed no list, with what they announce: told in whatever mail comes next. */
export function otherNewsSection(
  ids: readonly string[],
  index: ContextIndex,
  room: Room,
  language: Language,
): Section[] {
  const notices = ids.flatMap((id) => index.notices.get(id)?.at(-1)?.notice ?? []);
  const shown = notices
    .slice(0, room.lines)
    .flatMap((notice) => [
      ...links(dateWords(notice.date, language), [linkView(notice.title, notice.url)]),
      ...newsOf(notice).flatMap((item) => itemBlocks(item, language)),
    ]);
  return section(language.words.mail.otherNews, [...shown, ...rest(notices.length - room.lines, language)]);
}

function rest(n: number, language: Language): Block[] {
  if (n <= 0) return [];
  const what = language.count(language.words.counts.notice, n);
  return [text(language.say(language.words.mail.left, { what }), "quiet")];
}

function newsOf({ items }: Notice): readonly NoticeItem[] {
  return (items ?? []).filter(({ kind }) => kind !== "list-update");
}

/** `Venezuela-related General License 8L: title`, and its documents. */
function itemBlocks(
  { kind, numbers, topic, title, expires, links: documents }: NoticeItem,
  language: Language,
): Block[] {
  const { items } = language.words;
  const heading = capital(
    language
      .say(topic === undefined ? items.headingPlain : items.heading, {
        topic: topic ?? "",
        kind: items[kind],
        numbers: numbers.join(", "),
      })
      .replace(/\s+/gu, " ")
      .trim(),
  );
  const until = expires === undefined ? "" : `; ${language.say(items.until, { expires })}`;
  const same = heading.toLowerCase() === title.toLowerCase();
  return [
    text(`${same ? title : `${heading}: ${title}`}${until}`),
    ...links(
      null,
      documents.map((link) => linkView(link.title, link.url)),
    ),
  ];
}

/** Notices that a publication itself stands for; those without a list change have a place of their own. */
export function ownEntries(entries: readonly ContextEntry[], apart: boolean): readonly ContextEntry[] {
  return apart ? entries.filter(({ notice }) => notice === undefined || !changesNothing(notice)) : entries;
}
