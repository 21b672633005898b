import { easternNoon, type Instant, type LedgerRecord, UsageError } from "../domain/index.ts";
import {
  emlChannel,
  type KeyRing,
  keyRing,
  oneItem,
  type Publication,
  readSubscriptions,
  type Subscription,
} from "../notify/index.ts";
import { contextVersions, noticeNews } from "./mail/digest-context.ts";
import { type DigestPorts, digestRenderer } from "./mail/digest-render.ts";
import { type MailSecrets, mailSettings } from "./mail/mail-settings.ts";
import { publicationsOf } from "./send.ts";
import { type Published, readPublished } from "./site/published.ts";

export interface PreviewPorts extends DigestPorts {
  readonly now: Instant;
  /** The subscriptions document; null: nobody has subscribed. */
  readonly subscriptions: string | null;
  readonly secrets: MailSecrets & { readonly delivery: readonly string[] };
}

export interface PreviewOptions {
  /** Ids of records; none: the newest publication that the subscription matches. */
  readonly publications: readonly string[];
  /** Its filters, language, format and attachments; without it those of somebody who follows everything. */
  readonly subscription?: string | undefined;
  /** Overrides the subscription's. */
  readonly language?: string | undefined;
  readonly kind: PreviewKind;
  readonly attachRescreen?: boolean | undefined;
}

/** What a message is: the digest, the reply with late context, or the confirmation that nothing changed. */
export const PREVIEW_KINDS = ["digest", "reply", "unchanged"] as const;
export type PreviewKind = (typeof PREVIEW_KINDS)[number];

export interface Preview {
  readonly subject: string;
  readonly preheader: string;
  readonly text: string;
  /** Null for a subscription to plain text. */
  readonly html: string | null;
  /** The whole message, as it would be handed over. */
  readonly eml: Uint8Array;
  readonly publications: readonly string[];
  readonly attachments: readonly string[];
}

/**
 * Any message for any subscription or publication, imported ones too, made with the same code as `send`. Sends and
 * records nothing.
 * @throws UsageError `no-such-publication`, `no-such-subscription`, `nothing-to-preview`, `language`
 */
export async function previewDigest(ports: PreviewPorts, options: PreviewOptions): Promise<Preview> {
  const published = readPublished(ports.files);
  const subscription = chosenSubscription(ports, options);
  const keys = ports.secrets.delivery.length === 0 ? SAMPLE_KEYS : keyRing(ports.secrets.delivery);
  const kind = options.kind === "reply" ? "context" : options.kind;
  const all = everyPublication(ports, published);
  const make = (publications: readonly Publication[]) =>
    oneItem({
      kind,
      subscription,
      publications,
      notices: kind === "context" ? [] : noticesBeside(publications, published),
      keys,
      now: ports.now,
    });
  const item = kind === "unchanged" ? make([]) : firstItem(all, options.publications, make);
  if (item === undefined) {
    const what = options.publications.length === 0 ? "any publication" : options.publications.join(", ");
    throw new UsageError(
      "nothing-to-preview",
      `Expected something of ${what} for subscription ${subscription.id}, found nothing that its filters let through: it ` +
        "would get no mail.",
    );
  }
  const render = digestRenderer(ports, published, [subscription]);
  return composed(ports, keys, (channel) => {
    const links = channel.links(item);
    return { item, links, rendered: render(item, links) };
  });
}

type Item = NonNullable<ReturnType<typeof oneItem>>;

async function composed(
  ports: PreviewPorts,
  keys: KeyRing,
  write: (channel: ReturnType<typeof emlChannel>) => {
    item: Item;
    links: ReturnType<ReturnType<typeof emlChannel>["links"]>;
    rendered: ReturnType<ReturnType<typeof digestRenderer>>;
  },
): Promise<Preview> {
  const files: Uint8Array[] = [];
  const folder = { write: async (_name: string, bytes: Uint8Array) => void files.push(bytes) };
  const channel = emlChannel(mailSettings(ports.config, ports.secrets), folder, keys);
  const { item, links, rendered } = write(channel);
  await (await channel.prepare(item, rendered, links)).handOver();
  const { subject, preheader, text, html = null, attachments = [] } = rendered;
  return {
    subject,
    preheader,
    text,
    html,
    eml: files[0] ?? new Uint8Array(),
    publications: item.publications.map(({ record }) => record.id),
    attachments: attachments.map(({ filename }) => filename),
  };
}

/** A key for messages that nobody gets, where there is none yet: nothing is recorded under it. */
const SAMPLE_KEYS: KeyRing = keyRing(["of a previewed message that nobody gets"]);

/** Named publications in one message, or the newest one of which there is something to tell. */
function firstItem(
  all: readonly Publication[],
  ids: readonly string[],
  make: (publications: readonly Publication[]) => Item | undefined,
): Item | undefined {
  if (ids.length > 0) return make([...new Set(ids)].map((id) => named(all, id)));
  for (const publication of [...all].reverse()) {
    const item = publication.record.kind === "publication" ? make([publication]) : undefined;
    if (item !== undefined) return item;
  }
  return undefined;
}

function named(all: readonly Publication[], id: string): Publication {
  const found = all.find(({ record }) => record.id === id);
  if (found !== undefined) return found;
  throw new UsageError(
    "no-such-publication",
    `Expected the id of a publication, found ${JSON.stringify(id)}, which no record has. See "ofac-ledger log" for those ` +
      "there are.",
  );
}

/** Live ones as `send` has them, and imported ones, oldest first. */
function everyPublication(ports: PreviewPorts, published: Published): Publication[] {
  const live = new Map(publicationsOf(ports.files, published).map((one) => [one.hash, one]));
  const versions = contextVersions(published.context);
  return published.records
    .map(
      ({ record, hash }): Publication =>
        live.get(hash) ?? {
          record,
          hash,
          firstSeen: seenOf(record),
          context: versions.get(record.id) ?? [],
        },
    )
    .sort((a, b) => (a.firstSeen < b.firstSeen ? -1 : a.firstSeen > b.firstSeen ? 1 : 0));
}

const seenOf = ({ date }: LedgerRecord): Instant => easternNoon(date ?? "1970-01-01");

/** Notices without a list change that would ride along: those first seen in the week before the last publication. */
function noticesBeside(publications: readonly Publication[], published: Published): string[] {
  const last = publications.map(({ firstSeen }) => Date.parse(firstSeen)).sort((a, b) => b - a)[0];
  return noticeNews(published.context)
    .filter(({ firstSeen }) => {
      const at = Date.parse(firstSeen);
      return last === undefined || (at <= last && at > last - WEEK_MS);
    })
    .map(({ id }) => id)
    .sort();
}

const WEEK_MS = 7 * 86_400_000;

function chosenSubscription(ports: PreviewPorts, options: PreviewOptions): Subscription {
  const own = options.subscription === undefined ? EVERYTHING : found(ports, options.subscription);
  return {
    ...own,
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(options.attachRescreen === true ? { attachRescreen: true } : {}),
  };
}

/** Somebody who follows everything, at an address that nobody has (RFC 2606). */
const EVERYTHING: Subscription = {
  id: "preview",
  channel: "mail",
  address: "reader@example.com",
  since: "1970-01-01",
  cadence: { kind: "immediate" },
  filters: {},
  format: "html",
  language: "en",
  confirmUnchanged: false,
  attachRescreen: false,
  mailingList: false,
};

function found({ subscriptions }: PreviewPorts, id: string): Subscription {
  const all = subscriptions === null ? [] : readSubscriptions(subscriptions);
  const one = all.find((subscription) => subscription.id === id);
  // A hook has no mailbox; what it is told is shown as a mail.
  if (one?.channel === "mail") return one;
  if (one !== undefined) return { ...one, channel: "mail", address: EVERYTHING.address };
  throw new UsageError(
    "no-such-subscription",
    `--subscription: expected the id of a subscription, found ${JSON.stringify(id)}, which none of the ${all.length} ` +
      "subscriptions has. Check the subscriptions document.",
  );
}
