import type { Link, NoticeItem, NoticeItemKind } from "../../domain/index.ts";
import { isDownload } from "./links.ts";
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
  const links = [
    ...known.links,
    ...item.links.filter((link) => !known.links.some((l) => l.url === link.url)),
  ];
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

const TOPIC =
  /\b((?!(?:Issuance|Publication|Amendment|Release|Revocation|Extension)\b)[A-Z][\p{L}.'\u2019-]*(?:(?: and| of(?: the)?)? [A-Z][\p{L}.'\u2019-]*)*-[Rr]elated)\b/u;

/** `Venezuela-related`, `Democratic Republic of the Congo-related`. */
function topicOf(text: string): string | undefined {
  return TOPIC.exec(text)?.[1];
}

function proseItems(prose: Prose): NoticeItem[] {
  return [...licences(prose), ...determinations(prose), ...faqs(prose), ...others(prose)];
}

const LICENCE =
  /\bGeneral Licen[sc]es?(?:\s+(?:Nos?\.|#))?\s+(\d+[A-Z]{0,2}(?:\s*(?:,|and|&|, and)\s*\d+[A-Z]{0,2}\b)*)\b|\bGLs?\s+(\d+[A-Z]{0,2})\b/g;
const ISSUES =
  /\b(?:issu(?:ed?|es|ing|ance)|publish(?:ed|es|ing)?|re-?issu\w+|amend(?:ed|s|ing)?|releas(?:ed?|ing)|extend(?:ed|ing))\b/i;
/** Words before a licence that name it without issuing it. */
const MENTIONS =
  /\b(?:supersed\w*|replac\w*|revok\w*|rescind\w*|pursuant to|in accordance with|under|authori[sz]ed by|see)\b[^.;:"\u201C]{0,40}$/i;

function licences(prose: Prose): NoticeItem[] {
  const { text, links } = prose;
  const items: NoticeItem[] = [];
  for (const match of text.matchAll(LICENCE)) {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    if (MENTIONS.test(before)) continue;
    const numbers = (match[1] ?? match[2] ?? "").split(/\s*(?:,|\band\b|&)\s*/).filter((n) => n !== "");
    const own = linksNaming(links, match[0], numbers);
    if (own.length === 0 && !ISSUES.test(before)) continue;
    const quoted = /^[\s,:\u2013-]*["\u201C]\s*([^"\u201C\u201D]+?)\s*["\u201D]/.exec(after)?.[1];
    const topic =
      topicOf(`${before.slice(-120)}${match[0]}`.replace(/^.*[.;:,]\s/, "")) ??
      topicOf(sentenceAt(text, match.index));
    const expires = expiry(text);
    items.push({
      kind: "general-licence",
      title: (quoted ?? match[0]).replace(/[.,]$/, ""),
      numbers,
      ...(topic === undefined ? {} : { topic }),
      ...(expires === undefined ? {} : { expires }),
      links: own,
      text: sentenceAt(text, match.index),
    });
  }
  return items;
}

function linksNaming(links: readonly Link[], phrase: string, numbers: readonly string[]): Link[] {
  const naming = links.filter(
    (link) =>
      link.title.includes(phrase) ||
      phrase.includes(link.title) ||
      numbers.some((number) => new RegExp(`\\b${number}\\b`).test(link.title)),
  );
  const downloads = links.filter((link) => isDownload(link.url));
  return naming.length > 0 ? naming : downloads.length === 1 ? downloads : [];
}

/** Until when, as OFAC words it. */
function expiry(text: string): string | undefined {
  const match =
    /\b(?:expir\w+|valid|effective|authori[sz]\w+ [^.;]{0,200}?)\s+((?:(?:on|at|until|through|as of)\s+)?12:01 a\.m\.[^.;"\u201D)]*?\b\d{4}|(?:until|through|on)\s+[A-Z][a-z]+ \d{1,2}, \d{4})/i.exec(
      text,
    );
  return match?.[1];
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

function faqs(prose: Prose): NoticeItem[] {
  const { text, links } = prose;
  const at = text.search(/\bFAQs?\b|frequently asked questions?/i);
  if (at < 0 || !ISSUES.test(text)) return [];
  const own = links.filter((link) => /\/faqs?\//i.test(link.url));
  const near = /(?:FAQs?|[Qq]uestions?)\W{0,4}(\d{1,4}(?:\s*(?:,|and|&|, and|-|\u2013)\s*\d{1,4})*)/.exec(
    text.slice(at),
  );
  const fromLinks = own.flatMap((link) =>
    [...(/\/faqs?\/(?:search\/)?([\d+%20]+)/i.exec(link.url)?.[1]?.matchAll(/\d+/g) ?? [])].map((m) => m[0]),
  );
  const fromText = [...(near?.[1] ?? "").matchAll(/\d{1,4}/g)].map((m) => m[0]);
  const numbers = [...new Set(fromText.length > 0 ? fromText : fromLinks)];
  const sentence = sentenceAt(text, at);
  const topic = topicOf(sentence) ?? topicOf(text);
  return [
    {
      kind: "faq",
      title:
        /\b(?:FAQs?|[Ff]requently [Aa]sked [Qq]uestions?)\b/.exec(text)?.[0] ?? "Frequently Asked Questions",
      numbers: [...new Set([...numbers, ...(fromText.length > 0 ? fromLinks : [])])],
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

/** Abbreviations whose dot ends no sentence. */
const ABBREVIATION =
  /(?:\b(?:U\.S|E\.O|a\.m|p\.m|No|Nos|Inc|Ltd|Co|Corp|S\.A|St|Jr|Sr|Dr|Mr|Ms|Mrs|v|vs)|\b[A-Z])\.$/;

/** The sentence around a position, verbatim. */
export function sentenceAt(text: string, at: number): string {
  return sentences(text).find((s) => s.end > at)?.text ?? text;
}

/** The sentences of a paragraph, verbatim, with their ends. */
export function sentences(text: string): { text: string; end: number }[] {
  const out: { text: string; end: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(/[.!?]["'\u201D\u2019)]*\s+(?=["'\u201C\u2018(]*[\p{Lu}\d])/gu)) {
    const end = match.index + match[0].length;
    if (ABBREVIATION.test(text.slice(Math.max(from, match.index - 8), match.index + 1))) continue;
    out.push({ text: text.slice(from, end).trim(), end });
    from = end;
  }
  if (from < text.length) out.push({ text: text.slice(from).trim(), end: text.length });
  return out;
}
