import { canonicalJson, compareText, type Instant, LISTS, UsageError } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import type { DueItem, MessageLinks, MimeAttachment, Rendered, Subscription } from "../../notify/index.ts";
import {
  compileTemplates,
  type DigestInput,
  ENGLISH,
  type Freshness,
  findLanguage,
  inlineStyles,
  type Language,
  languageTags,
  type PreparedDigest,
  prepareDigest,
  prepareUnchanged,
  type TemplateSources,
} from "../../render/index.ts";
import type { ConfigFile } from "../config/config.ts";
import { readCheck, SOURCES } from "../look/checks.ts";
import { evidenceIn } from "../ports.ts";
import { type Published, siteFacts } from "../site/published.ts";
import { status } from "../status.ts";
import { rescreenAttacher } from "./digest-attach.ts";

/** What the words of a mail are made with. */
export interface DigestPorts {
  readonly files: LedgerFiles;
  /** The folder of what is kept beside the ledger; missing: it lies in the ledger's own. */
  readonly evidence?: LedgerFiles;
  readonly config: ConfigFile;
  readonly templates: TemplateSources;
  readonly renderer: string;
}

/** When every list was last looked at with success: the older of the two; null when one never was. */
export function lastLook(files: LedgerFiles): Instant | null {
  const looks = LISTS.map((list) => readCheck(files, list)?.health.lastSuccess ?? null);
  const known = looks.filter((look) => look !== null).sort(compareText);
  return known.length === looks.length ? (known[0] ?? null) : null;
}

/** How our looking stands as of the newest committed look, as a mail says it: the clock has no part in it. */
export function freshnessOf(ports: Pick<DigestPorts, "files" | "evidence">): Freshness {
  const evidence = evidenceIn(ports);
  const looks = SOURCES.flatMap((source) => readCheck(evidence, source)?.health.lastLook ?? []);
  const at = looks.sort(compareText).at(-1);
  if (at === undefined) return { lookedAt: null, sources: [], held: [] };
  const { sources, held } = status(ports.files, at, evidence);
  return {
    lookedAt: lastLook(evidence),
    sources: sources
      .filter(({ state }) => state !== "unknown")
      .map(({ source, state }) => ({ source, state })),
    held: held.map(({ list, uids }) => ({ list, parties: uids.length })),
  };
}

/**
 * Writes what is due in words; the same for a mail, a dry run and a preview. Subscriptions that share their filters,
 * language and attachments share the work: only the foot is each reader's own.
 * @throws UsageError `language` naming the subscriptions whose language no file has
 */
export function digestRenderer(
  ports: DigestPorts,
  published: Published,
  subscriptions: readonly Subscription[] = [],
): (item: DueItem, links: MessageLinks) => Rendered {
  const templates = compileTemplates(ports.templates, inlineStyles);
  const languageOf = languageFinder(ports.templates);
  languageOf(subscriptions);
  const site = siteFacts(ports.config, ports.renderer);
  const stored = new Map(published.records.map((one) => [one.hash, one]));
  const freshness = freshnessOf(ports);
  const packs = rescreenAttacher(ports.files);
  const known = new Map<string, Prepared>();
  const prepare = (item: DueItem): Prepared => {
    const { context, observations } = published;
    const { notices = [] } = item;
    const shared = { site, context, notices, freshness, language: languageOf([item.subscription]) };
    if (item.kind === "unchanged") return { words: prepareUnchanged(shared, templates), attachments: [] };
    const publications = item.publications.flatMap(({ hash, match }) => {
      const found = stored.get(hash);
      return found === undefined ? [] : [{ ...found, uids: match.uids, open: match.open }];
    });
    const attaches = item.subscription.attachRescreen && item.kind === "digest";
    const attachments = attaches ? packs(publications) : [];
    const input: DigestInput = {
      ...shared,
      publications,
      observations,
      kind: item.kind === "context" ? "reply" : "digest",
      attached: attachments.map(({ filename }) => filename),
    };
    return { words: prepareDigest(input, templates), attachments };
  };
  return (item, links) => {
    const { subscription } = item;
    const key = canonicalJson([
      item.kind,
      subscription.language,
      subscription.attachRescreen,
      item.notices ?? [],
      item.publications.map(({ hash, match }) => [hash, match]),
    ]);
    const { words, attachments } = known.get(key) ?? prepare(item);
    known.set(key, { words, attachments });
    const digest = words.for({ ...footOf(subscription), unsubscribe: links.unsubscribe });
    const { html, ...text } = digest;
    return {
      ...text,
      ...(subscription.format === "text" ? {} : { html }),
      ...(attachments.length === 0 ? {} : { attachments }),
    };
  };
}

interface Prepared {
  readonly words: PreparedDigest;
  readonly attachments: readonly MimeAttachment[];
}

/** What the foot says of a subscription. */
function footOf({ id, filters }: Subscription) {
  const asked = Object.entries(filters).flatMap(([filter, values]) =>
    values === undefined ? [] : [{ filter, values: typeof values === "string" ? [values] : values }],
  );
  return { id, filters: asked };
}

/** The language of some subscriptions (of the first, where they differ); each file is read once. */
function languageFinder(sources: TemplateSources): (subscriptions: readonly Subscription[]) => Language {
  const found = new Map<string, Language | undefined>();
  const find = (tag: string): Language | undefined => {
    if (!found.has(tag)) found.set(tag, findLanguage(sources, tag));
    return found.get(tag);
  };
  return (subscriptions) => {
    const lacking = subscriptions.filter(({ language }) => find(language) === undefined);
    if (lacking.length > 0) throw refusal(lacking, sources);
    return find(subscriptions[0]?.language ?? ENGLISH.tag) ?? ENGLISH;
  };
}

function refusal(lacking: readonly Subscription[], sources: TemplateSources): UsageError {
  const named = lacking.slice(0, NAMED).map(({ id, language }) => `"${language}" for subscription ${id}`);
  const more = lacking.length > NAMED ? [`and for ${lacking.length - NAMED} more`] : [];
  return new UsageError(
    "language",
    `language: expected one of ${languageTags(sources).join(", ")}, found ${[...named, ...more].join("; ")}. Correct ` +
      "the subscriptions, or add templates/languages/<tag>.json.",
  );
}

const NAMED = 20;
