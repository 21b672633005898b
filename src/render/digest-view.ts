import { type Effect, type LedgerRecord, LIST_TITLE } from "../domain/index.ts";
import { inOrder } from "./chain.ts";
import { type ContextIndex, contextOf, indexContext } from "./context-view.ts";
import { type Block, facts, lines, links, type Room, type Section, section, text } from "./digest-blocks.ts";
import { changedSections } from "./digest-changes.ts";
import { checkSentences } from "./digest-checks.ts";
import { countedParties, headlineIn, subjectOf } from "./digest-counts.ts";
import { eventLines } from "./digest-events.ts";
import type { DigestInput } from "./digest-input.ts";
import { meaningIn } from "./digest-meaning.ts";
import { contextLinks, itemSection, otherNewsSection, ownEntries } from "./digest-notices.ts";
import { glanceRows, groupBlocks, groupsOf } from "./digest-parties.ts";
import { freshnessRows, sourceSection } from "./digest-source.ts";
import { firstTime } from "./digest-told.ts";
import { glance, preheader } from "./digest-top.ts";
import { NO_WHY, quoteRows, WhyTeller } from "./digest-why.ts";
import type { Language } from "./language.ts";
import { absolute, publicationPath, recordPath } from "./page.ts";
import { isComposed } from "./publication-view.ts";
import { newestOf } from "./reconciliation-view.ts";
import { kindNote } from "./words.ts";
import { longDateWords } from "./words-date.ts";

/** One publication of a mail. */
export interface DigestPart {
  /** `Tuesday 23 May 2023, SDN List`. */
  readonly kicker: string;
  readonly headline: string;
  readonly effects: readonly {
    readonly label: string;
    readonly words: string;
    readonly critical: boolean;
    readonly major: boolean;
  }[];
  /** What has to be read first, and the whole at a glance. */
  readonly top: readonly Block[];
  readonly sections: readonly Section[];
}

/** A whole mail but for its foot; text and HTML are two writings of this. All words are final. */
export interface DigestView {
  readonly language: string;
  readonly subject: string;
  readonly preheader: string;
  readonly banner: string | null;
  readonly title: string | null;
  readonly parts: readonly DigestPart[];
  /** After all publications. */
  readonly sections: readonly Section[];
}

/** Decides what a mail holds, with what has no room left to the publication's page. */
export function digestView(input: DigestInput, language: Language, room: Room): DigestView {
  const { mail, headline } = language.words;
  const index = indexContext(input.context, input.observations);
  const told = new Set<string>();
  const byId = new Map(input.publications.map((one) => [one.record.id, one]));
  const ordered = inOrder(input.publications).map(({ stored }) => stored);
  const drafts = ordered.map(({ record, hash }) => {
    const entries = ownEntries(contextOf(record, index), input.notices !== undefined);
    const uids = firstTime(record, byId.get(record.id)?.uids, told);
    return { record, hash, entries, uids };
  });
  const draft = (one: Omit<Draft, keyof Setting>): Draft => ({ ...one, input, index, language, room });
  const parts = drafts.map((one) => (input.kind === "reply" ? replyPart(draft(one)) : part(draft(one))));
  const subject = subjectOf(
    language,
    ordered.map(({ record }) => record),
  );
  const composed = drafts.some(
    ({ record, entries }) =>
      isComposed(record) || entries.some(({ provenance }) => provenance === "composed"),
  );
  const isReply = input.kind === "reply";
  return {
    language: language.tag,
    subject: isReply ? language.say(headline.reply, { subject }) : subject,
    preheader: preheader(drafts, isReply, language),
    banner: composed ? mail.composed : null,
    title: isReply ? mail.replyTitle : null,
    parts,
    sections: [
      ...otherNewsSection(input.notices ?? [], index, room, language),
      ...section(mail.freshness, facts(freshnessRows(input.freshness, language))),
    ],
  };
}

interface Setting {
  readonly input: DigestInput;
  readonly index: ContextIndex;
  readonly language: Language;
  readonly room: Room;
}

interface Draft extends Setting {
  readonly record: LedgerRecord;
  readonly hash: string;
  readonly entries: ReturnType<typeof contextOf>;
  readonly uids: ReadonlySet<number>;
}

function head({ record, language }: Draft): Pick<DigestPart, "kicker" | "headline" | "effects"> {
  const { mail, effects } = language.words;
  const { legalEffect, screeningEffect } = record.judgement;
  return {
    kicker: `${longDateWords(record.date, language)}, ${LIST_TITLE[record.list]}`,
    headline: headlineIn(language, record),
    effects: [
      { label: mail.legal, words: effects[legalEffect], ...weight(legalEffect) },
      { label: mail.screening, words: effects[screeningEffect], ...weight(screeningEffect) },
    ],
  };
}

const weight = (level: Effect) => ({ critical: level === "critical", major: level === "major" });

function part(draft: Draft): DigestPart {
  const { record, language, room, entries, uids } = draft;
  const { mail, kinds } = language.words;
  const found = newestOf(record.id, entries);
  const why = new WhyTeller(found, language);
  const wanted = record.changes.filter(({ uid }) => uids.has(uid));
  const came = wanted.flatMap((change) => (change.op === "add" ? [change.after] : []));
  const went = wanted.flatMap((change) => (change.op === "remove" ? [change.before] : []));
  const place = { pageUrl: pageUrl(draft) };
  const telling = { record, why, room, place, language };
  const [added, removed] = [groupsOf(came, language), groupsOf(went, language)];
  const changed = changedSections({ record, uids, room, place, language });
  const note = kindNote(record, language);
  const counted = (title: string, members: typeof came) =>
    language.say(mail.counted, { title, counts: countedParties(language, members) });
  const events = eventLines(record, uids, language);
  return {
    ...head(draft),
    top: [
      text(meaningIn(language, record)),
      ...(note === null ? [] : [text(note, "alert")]),
      ...(record.unconfirmedRemovals === true ? [text(kinds.unconfirmed, "alert")] : []),
      ...glance(
        [
          ...glanceRows(added, "added", language),
          ...glanceRows(removed, "removed", language),
          ...changed.glance,
        ],
        language,
      ),
      ...contextLinks(entries, language),
      text(
        language.say(mail.counted, {
          title: mail.checks,
          counts: language.words.verdicts[found?.verdict ?? "notYet"],
        }),
        found?.verdict === "disagrees" ? "alert" : "text",
      ),
    ],
    sections: [
      ...section(counted(mail.added, came), groupBlocks(added, { ...telling, op: "add" }), "added"),
      ...section(
        counted(mail.removed, went),
        went.length === 0
          ? []
          : [text(mail.removalNote, "alert"), ...groupBlocks(removed, { ...telling, op: "remove" })],
        "removed",
      ),
      ...section(mail.events, lines(events.slice(0, room.lines))),
      ...changed.sections,
      ...checks(draft),
      ...itemSection(entries, room, language),
      ...coverage(record, language),
      ...sourceSection(record, draft.hash, entries, draft.index, language),
      ...further(draft),
    ],
  };
}

/** Of a publication that was told already: what others said of it since. */
function replyPart(draft: Draft): DigestPart {
  const { record, language, room, entries, uids } = draft;
  const { mail } = language.words;
  const found = newestOf(record.id, entries);
  const why = new WhyTeller(found, language);
  const quoted = record.changes
    .filter(({ uid }) => uids.has(uid))
    .flatMap((change): Block[] => {
      const own = change.op === "modify" ? NO_WHY : why.of(change.op, change.uid, change.name);
      if (own.quotes.length + own.notes.length === 0) return [];
      const under = language.say(mail.briefUid, { uid: change.uid });
      const said = { said: [], facts: [], changes: [] };
      return [{ partial: "mail-party", name: change.name, under, ...said, ...own }];
    });
  return {
    ...head(draft),
    top: [text(mail.replyLead), ...contextLinks(entries, language)],
    sections: [
      ...checks(draft),
      ...section(mail.replyWhy, quoted.slice(0, Math.min(room.named, WHYS))),
      ...itemSection(entries, room, language),
      ...further(draft),
    ],
  };
}

/** Parties whose reasons a reply quotes; all are on the page. */
const WHYS = 40;

function checks({ record, entries, room, language }: Draft): Section[] {
  const { mail, verdicts, checks: words } = language.words;
  const found = newestOf(record.id, entries);
  const title = language.say(mail.counted, {
    title: mail.checks,
    counts: verdicts[found?.verdict ?? "notYet"],
  });
  if (found === null) return section(title, [text(words.notYet)]);
  const titles = new Map(found.pressReleases.map((link) => [link.url, link.title]));
  // Of parties that came or went, the paragraphs stand with them.
  const others = found.parties.filter(({ operation }) => operation === "change" || operation === "other");
  const mentions = [...new Map(others.flatMap(({ press }) => press).map((one) => [one.text, one])).values()];
  const quotes = quoteRows(mentions.slice(0, room.quotes), titles);
  return [
    ...section(title, lines(checkSentences(found, language).slice(0, room.lines))),
    ...section(mail.quotes, quotes.length === 0 ? [] : [{ partial: "mail-quotes", quotes }]),
  ];
}

/** `Aliases: not in this source`, one per area the source does not show in full. */
function coverage(record: LedgerRecord, language: Language): Section[] {
  const { areas, coverage: levels, mail } = language.words;
  const limited = Object.entries(areas).flatMap(([area, { many }]) => {
    const level = new Map<string, string>(Object.entries(record.coverage)).get(area);
    if (level !== "absent" && level !== "truncated") return [];
    return [language.say(mail.counted, { title: many, counts: levels[level] })];
  });
  return section(mail.coverage, lines(limited));
}

function further(draft: Draft): Section[] {
  const { input, record, language } = draft;
  const { mail } = language.words;
  const base = recordPath(record.id).replace(/\.json$/u, "");
  const isNews = record.kind === "publication" || record.kind === "correction";
  const link = (title: string, path: string) => ({ title, href: absolute(input.site, path) });
  return section(mail.links, [
    ...links(null, [
      { title: mail.page, href: pageUrl(draft) },
      link(mail.json, `${base}.json`),
      ...(isNews
        ? [link(mail.rescreen, `${base}.rescreen.json`), link(mail.rescreenCsv, `${base}.rescreen.csv`)]
        : []),
    ]),
    ...lines(
      (input.attached ?? [])
        .filter((file) => file.startsWith(`${record.id}.`))
        .map((file) => language.say(mail.attached, { file })),
    ),
  ]);
}

const pageUrl = ({ input, record }: Draft): string => absolute(input.site, publicationPath(record.id));
