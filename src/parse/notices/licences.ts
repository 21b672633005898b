import type { Link, NoticeItem } from "../../domain/index.ts";
import { isDownload } from "./links.ts";
import { ISSUES, mentions, sentences, topicOf, topicsOf } from "./prose.ts";
import type { Prose } from "./sections.ts";

/** `8L`, `13A`, `14-C`, `K`, `D-2`; neither the first letter of the word behind nor how many of something else. */
const LICENCE_NUMBER =
  "(?:\\d{1,3}[A-Z]{0,2}(?:-(?:[A-Z]|\\d{1,2}))?|[A-Z](?:-\\d{1,2}[A-Z]?)?)(?![\\w'\u2019-]|\\.\\w| (?:other|new|amended|updated|related|FAQs?|[Ff]requently)\\b)";
/** One licence, or a list of them behind the plural. */
const LICENCE = new RegExp(
  `\\b(?:General Licen[sc]e|GL)(?:(?:s(?:\\s+\\(GLs\\))?(?:\\s+(?:Nos?\\.|Numbers|#))?|\\s+Nos\\.)\\s+(${LICENCE_NUMBER}(?:\\s*(?:,(?:\\s*(?:and|&))?|and|&)\\s*${LICENCE_NUMBER})*)|(?:\\s+\\(GL\\))?(?:\\s+(?:[Nn]o\\.|Number|#))?\\s+(${LICENCE_NUMBER}))`,
  "g",
);

/** One item a licence, however many a sentence names. */
export function licences(prose: Prose): NoticeItem[] {
  const { text } = prose;
  const parts = sentences(text);
  const named = licencesNamed(text, parts);
  const all = new Set(named.flatMap(({ numbers }) => numbers));
  const links = named.length === 0 ? [] : prose.links.map(numbered);
  const issued = named.filter(({ at }) => !mentions(text, at));
  const issues = text.search(ISSUES);
  return issued.flatMap(({ at, end, phrase, numbers, topic }, i) => {
    const quoted = /^[\s,:\u2013-]*["\u201C]\s*([^"\u201C\u201D]+?)\s*["\u201D]/.exec(text.slice(end))?.[1];
    const own = expiry(text.slice(at, issued[i + 1]?.at));
    // "Both expire" is of all; "which expires" of the one before it.
    const expires = own ?? (issued.length === 1 || /\bexpire\b/.test(text) ? expiry(text) : undefined);
    return numbers.flatMap((number): NoticeItem[] => {
      const naming = linksNaming(links, number, quoted, { numbers: all, topic });
      if (naming.length === 0 && (issues < 0 || issues > at)) return [];
      return [
        {
          kind: "general-licence",
          title: (quoted ?? phrase).replace(/[.,]$/, ""),
          numbers: [number],
          ...(topic === undefined ? {} : { topic }),
          ...(expires === undefined ? {} : { expires }),
          links: naming,
          text: parts.find((part) => part.end > at)?.text ?? text,
        },
      ];
    });
  });
}

/** The licences of one mention: several where it is a list. */
interface NamedLicences {
  readonly at: number;
  readonly end: number;
  readonly phrase: string;
  readonly numbers: readonly string[];
  readonly topic: string | undefined;
}

function licencesNamed(text: string, parts = sentences(text)): NamedLicences[] {
  const named: NamedLicences[] = [];
  for (const match of text.matchAll(LICENCE)) {
    const at = match.index;
    const numbers = (match[1] ?? match[2] ?? "").match(new RegExp(LICENCE_NUMBER, "g")) ?? [];
    const sentence = parts.findLast(({ end }) => end <= at)?.end ?? 0;
    const topic = licenceTopic(text, at, sentence, named.at(-1));
    named.push({ at, end: at + match[0].length, phrase: match[0], numbers, topic });
  }
  return named;
}

/** "Burma General License": its program is named, if not as a topic. */
const PROGRAM =
  /(?<=\S )(?!(?:Amended|Revised|Updated|New|Additional|Web|OFAC|Treasury|GL)\b)\p{Lu}[\p{L}.]+ $/u;
/** What may stand between two licences of one topic: the title of the first, and the second's "and". */
const CARRIED_ON =
  /^[\s,:\u2013-]*(?:["\u201C][^"\u201C\u201D]*["\u201D])?[\s,;]*(?:(?:and|&|as well as)\s+)?(?:(?:the|an?|new|amended|updated)\s+)*$/i;

/** The nearest topic before a licence, in its sentence and behind the licence before; else that one's, carried on. */
function licenceTopic(
  text: string,
  at: number,
  sentence: number,
  last: NamedLicences | undefined,
): string | undefined {
  if (PROGRAM.test(text.slice(Math.max(0, at - 60), at))) return undefined;
  const nearest = topicsOf(text.slice(Math.max(sentence, last?.end ?? 0), at)).at(-1);
  if (nearest !== undefined || last === undefined || last.end <= sentence) return nearest;
  return CARRIED_ON.test(text.slice(last.end, at)) ? last.topic : undefined;
}

/** A licence's own links: those whose text says its number or its title, else the only one that may be meant. */
function linksNaming(
  links: readonly NumberedLink[],
  number: string,
  quoted: string | undefined,
  { numbers: all, topic }: { readonly numbers: ReadonlySet<string>; readonly topic: string | undefined },
): Link[] {
  const own = links.filter(
    (link) =>
      (link.numbers.includes(number) || isPart(link.link.title, quoted)) &&
      (link.topic === undefined || topic === undefined || link.topic === topic),
  );
  if (own.length > 0) return own.map(({ link }) => link);
  const rest = links
    .filter((link) => !link.numbers.some((other) => other !== number && all.has(other)))
    .map(({ link }) => link);
  const naming =
    all.size === 1 ? rest.filter(({ title }) => /\bGeneral Licen[sc]e|\bGLs?\b/.test(title)) : [];
  const downloads = rest.filter(({ url }) => isDownload(url));
  return naming.length > 0 ? naming : downloads.length === 1 ? downloads : [];
}

/** A link with the licences its text names: `General License 8L`, or the bare number of a list. */
interface NumberedLink {
  readonly link: Link;
  readonly numbers: readonly string[];
  readonly topic: string | undefined;
}

const BARE_NUMBER = new RegExp(`^\\W*(?:and )?(?:Licen[sc]es? )?(?:Nos?\\. ?)?(${LICENCE_NUMBER})\\W*$`);

function numbered(link: Link): NumberedLink {
  const bare = BARE_NUMBER.exec(link.title)?.[1];
  const named = licencesNamed(link.title).flatMap(({ numbers }) => numbers);
  return { link, numbers: bare === undefined ? named : [bare], topic: topicOf(link.title) };
}

function isPart(title: string, quoted: string | undefined): boolean {
  const bare = title.replace(/^[\s"\u201C]+|[\s,."\u201D]+$/g, "");
  return quoted !== undefined && bare.length > 10 && (quoted.includes(bare) || bare.includes(quoted));
}

/** Until when, as OFAC words it. */
function expiry(text: string): string | undefined {
  const match =
    /\b(?:expir\w+|valid|effective|authori[sz]\w+ [^.;]{0,200}?)\s+((?:(?:on|at|until|through|as of)\s+)?12:01 a\.m\.[^.;"\u201D)]*?\b\d{4}|(?:until|through|on)\s+[A-Z][a-z]+ \d{1,2}, \d{4})/i.exec(
      text,
    );
  return match?.[1];
}
