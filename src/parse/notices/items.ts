import type { NoticeItem, NoticeItemKind } from "../../domain/index.ts";
import { licences } from "./licences.ts";
import { isDownload } from "./links.ts";
import { ISSUES, mentions, sentenceAt, topicOf } from "./prose.ts";
import type { Body, Prose } from "./sections.ts";

/**
 * Everything a page announces: list updates by the segments of its title, licences, determinations, FAQs,
 * enforcement and rules from its prose; what only the title names is taken from there.
 */
export function readItems(title: string, body: Pick<Body, "sections" | "prose">): NoticeItem[] {
  const items: NoticeItem[] = [];
  const segments = title.split(/;\s+/).filter((segment) => segment !== "");
  const listed = body.sections.some((section) => section.entries.length > 0);
  for (const segment of segments) {
    if (segmentKind(segment) === "list-update") items.push(plain("list-update", segment, segment));
  }
  if (listed && items.length === 0) items.push(plain("list-update", title, title));
  for (const { text, links } of body.prose) {
    for (const item of proseItems({ text: text.slice(0, LONGEST), links })) add(items, item);
  }
  for (const segment of segments) {
    const kind = segmentKind(segment);
    if (!items.some((item) => item.kind === kind)) add(items, plain(kind, segment, segment));
  }
  return items;
}

/** How much of one paragraph is read for licences and the like: OFAC's have some 1,500 characters. */
const LONGEST = 5000;

function plain(kind: NoticeItemKind, title: string, text: string): NoticeItem {
  const topic = topicOf(text);
  return { kind, title, numbers: [], ...(topic === undefined ? {} : { topic }), links: [], text };
}

/** The same licence or FAQ named twice is one item; links add up. */
function add(items: NoticeItem[], item: NoticeItem): void {
  const at = items.findIndex(
    (known) =>
      known.kind === item.kind &&
      known.numbers.join() === item.numbers.join() &&
      (known.topic === item.topic || known.topic === undefined || item.topic === undefined) &&
      (item.numbers.length > 0 || known.title === item.title),
  );
  const known = items[at];
  if (known === undefined) {
    items.push(item);
    return;
  }
  const urls = new Set(known.links.map((link) => link.url));
  const links = [...known.links, ...item.links.filter((link) => !urls.has(link.url))];
  items[at] = { ...item, ...known, links };
}

/** What a segment of a title announces. */
function segmentKind(segment: string): NoticeItemKind {
  if (/\bgeneral licen[sc]es?\b|\bGLs?\b/i.test(segment)) return "general-licence";
  if (/\bdeterminations?\b/i.test(segment)) return "determination";
  if (
    /\bdesignations?\b|\bremovals?\b|\bdelistings?\b|\bidentifications?\b|\blist updates?\b/i.test(segment)
  ) {
    return "list-update";
  }
  if (/settlement|enforcement|finding of violation|penalty notice/i.test(segment)) return "enforcement";
  if (/\bFAQs?\b|frequently asked/i.test(segment)) return "faq";
  if (/\bregulations?\b|\brules?\b|\bact\b|\bamendments?\b|federal register/i.test(segment))
    return "regulation";
  return "other";
}

function proseItems(prose: Prose): NoticeItem[] {
  return [...licences(prose), ...determinations(prose), ...faqs(prose), ...others(prose)];
}

function determinations(prose: Prose): NoticeItem[] {
  const { text, links } = prose;
  const linked = links.filter((link) => /determination/i.test(link.title));
  const named =
    /\b((?:[A-Z][\p{L}.'\u2019-]*-related )?Determinations? [Pp]ursuant to [^.;,]*(?:\.\d[^.;,]*)*)/u.exec(
      text,
    )?.[1];
  if (linked.length === 0 && (named === undefined || !ISSUES.test(text))) return [];
  const titles =
    linked.length > 0
      ? linked.map((l) => l.title.replace(/^(?:publish|issu)\w+\s+(?:an?\s+|the\s+)?/i, ""))
      : [named ?? ""];
  return titles.map((title, i) => {
    const topic = topicOf(title) ?? topicOf(text);
    const link = linked[i];
    return {
      kind: "determination" as const,
      title,
      numbers: [],
      ...(topic === undefined ? {} : { topic }),
      links: link === undefined ? [] : [link],
      text: sentenceAt(text, Math.max(0, text.search(/determination/i))),
    };
  });
}

const FAQ_NUMBER =
  "\\d{1,4}(?![\\w%]| (?:other|new|amended|updated|related|[Gg]eneral|[A-Z]\\w*-related)\\b)";
const FAQ_RANGE = `${FAQ_NUMBER}(?:\\s*(?:-|\u2013|through|to)\\s*${FAQ_NUMBER})?`;
/** "FAQs 1092-1094 and 1013", "Frequently Asked Questions (1132, 1133)". */
const FAQS = new RegExp(
  `(?:\\bFAQs?|[Qq]uestions?)\\W{0,4}(${FAQ_RANGE}(?:\\s*(?:,(?:\\s*(?:and|&))?|and|&)\\s*${FAQ_RANGE})*)`,
  "g",
);
/** How many FAQs a range may span: OFAC issues a few at a time. */
const WIDEST = 200;

/** The numbers of a list and its ranges; a range too wide, or falling, is its two ends. */
function faqNumbers(list: string): string[] {
  const ranges = list.matchAll(/(\d+)(?:\s*(?:-|\u2013|through|to)\s*(\d+))?/g);
  return [...ranges].flatMap(([, from = "", to]) => {
    if (to === undefined) return [from];
    const more = Number(to) - Number(from);
    if (more < 0 || more >= WIDEST) return [from, to];
    return Array.from({ length: more + 1 }, (_, i) => String(Number(from) + i));
  });
}

function faqs(prose: Prose): NoticeItem[] {
  const { text, links } = prose;
  const at = text.search(/\bFAQs?\b|frequently asked questions?/i);
  if (at < 0 || !ISSUES.test(text)) return [];
  const own = links.filter((link) => /\/faqs?\//i.test(link.url));
  const lists = [...text.matchAll(FAQS)].map((match) => ({
    numbers: faqNumbers(match[1] ?? ""),
    mentioned: mentions(text, match.index),
  }));
  const mentioned = new Set(lists.filter((list) => list.mentioned).flatMap((list) => list.numbers));
  const fromText = lists.filter((list) => !list.mentioned).flatMap((list) => list.numbers);
  const fromLinks = own.flatMap((link) =>
    [...(/\/faqs?\/(?:search\/)?([\d+%20]+)/i.exec(link.url)?.[1]?.matchAll(/\d+/g) ?? [])].map((m) => m[0]),
  );
  const sentence = sentenceAt(text, at);
  const topic = topicOf(sentence) ?? topicOf(text);
  return [
    {
      kind: "faq",
      title:
        /\b(?:FAQs?|[Ff]requently [Aa]sked [Qq]uestions?)\b/.exec(text)?.[0] ?? "Frequently Asked Questions",
      numbers: [...new Set([...fromText, ...fromLinks.filter((number) => !mentioned.has(number))])],
      ...(topic === undefined ? {} : { topic }),
      links: own,
      text: sentence,
    },
  ];
}

function others(prose: Prose): NoticeItem[] {
  const { text, links } = prose;
  const downloads = links.filter((link) => isDownload(link.url));
  if (/settlement|enforcement release|finding of violation|agreed to (?:pay|remit)/i.test(text)) {
    return [{ ...plain("enforcement", firstSentence(text), text), links: downloads }];
  }
  if (/amending its regulations|federal register|final rule|code of federal regulations/i.test(text)) {
    return [{ ...plain("regulation", firstSentence(text), text), links: downloads }];
  }
  return [];
}

function firstSentence(text: string): string {
  return sentenceAt(text, 0);
}
