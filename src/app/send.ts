import { EXIT, type ExitCode, easternNoon, type Instant, LISTS, UsageError } from "../domain/index.ts";
import { type LedgerFiles, readHead, recover } from "../ledger/index.ts";
import {
  type ComposeFault,
  type EmlFolder,
  type HookPort,
  keyRing,
  type Publication,
  readSubscriptions,
  type SendReport,
  type Subscription,
  send,
} from "../notify/index.ts";
import type { TemplateSources } from "../render/index.ts";
import type { ConfigFile } from "./config/config.ts";
import { markSent } from "./evidence/mail-marks.ts";
import { closeChannels, openChannels } from "./mail/channels.ts";
import { ledgerDeliveries, type NoteFolder, noteJournal } from "./mail/delivery-store.ts";
import { contextVersions, noticeNews } from "./mail/digest-context.ts";
import { digestRenderer, lastLook } from "./mail/digest-render.ts";
import type { MailSecrets } from "./mail/mail-settings.ts";
import { partiesThen } from "./past/party-then.ts";
import { evidenceIn } from "./ports.ts";
import { type Published, readPublished } from "./site/published.ts";
import { LIVE } from "./update.ts";

export interface SendPorts {
  readonly files: LedgerFiles;
  /** The folder of what is kept beside the ledger; missing: it lies in the ledger's own. */
  readonly evidence?: LedgerFiles;
  /** A folder that may be thrown away; what was under way when a crash came is noted there. */
  readonly notes: NoteFolder;
  readonly eml: EmlFolder;
  /** Posts to webhooks. */
  readonly hooks?: HookPort;
  readonly config: ConfigFile;
  readonly now: Instant;
  readonly sleep: (ms: number) => Promise<void>;
  readonly templates: TemplateSources;
  readonly renderer: string;
  /** The subscriptions document; null: nobody has subscribed. */
  readonly subscriptions: string | null;
  readonly secrets: SendSecrets;
  readonly onProgress?: (done: number, all: number) => void;
  /** Hears why a message could not be composed; the words hold no address. */
  readonly onFault?: (fault: ComposeFault) => void;
  /** Makes what was just written durable elsewhere too, e.g. by a push; a failure ends the run before anything is sent. */
  readonly durable?: () => Promise<void>;
  /**
   * Takes the delivery ledger for this process alone and gives what lets go of it; throws while another has it.
   * A dry run takes nothing.
   */
  readonly lock?: () => Promise<() => Promise<void>>;
  /** Ends the run after what is in flight; the rest stays due. */
  readonly signal?: AbortSignal;
}

/** From the environment, never from a file of the project. */
export interface SendSecrets extends MailSecrets {
  /** Of the delivery ledger's keyed hashes, current first. */
  readonly delivery: readonly string[];
  /** Signs the bodies of webhooks whose subscription has no secret of its own. */
  readonly webhook?: string | undefined;
}

export interface SendOptions {
  readonly dryRun: boolean;
  readonly resendUnknown: boolean;
  /** Ids of subscriptions to try once more although they are paused or were refused for good. */
  readonly tryAgain?: readonly string[];
}

/** Delivers the digests that are due, once. */
export async function sendDue(ports: SendPorts, options: SendOptions): Promise<SendReport> {
  const subscriptions = subscriptionsOf(ports, options);
  if (subscriptions.length === 0) return NOTHING_DUE;
  const release = options.dryRun ? undefined : await ports.lock?.();
  try {
    // What a crash left of a commit is finished first: half a commit says nothing of what was sent.
    if (!options.dryRun) recover(ports.files);
    return await sendAlone(ports, options, subscriptions);
  } finally {
    await release?.();
  }
}

function subscriptionsOf(
  { subscriptions, secrets }: SendPorts,
  options: SendOptions,
): readonly Subscription[] {
  const all =
    subscriptions === null ? [] : readSubscriptions(subscriptions, { webhookSecret: secrets.webhook });
  const missing = (options.tryAgain ?? []).filter((id) => !all.some((one) => one.id === id));
  if (missing.length === 0) return all;
  throw new UsageError(
    "no-such-subscription",
    `--try-again: expected ids of subscriptions, found ${missing.map((id) => JSON.stringify(id)).join(", ")}, which no ` +
      "subscription has. Check the subscriptions document.",
  );
}

async function sendAlone(
  ports: SendPorts,
  options: SendOptions,
  subscriptions: readonly Subscription[],
): Promise<SendReport> {
  const keys = keyRing(ports.secrets.delivery);
  const published = readPublished(ports.files);
  const evidence = evidenceIn(ports);
  const channels = openChannels(ports, keys, subscriptions);
  const { perSecond, connections } = ports.config.mail ?? {};
  try {
    const report = await send({
      publications: publicationsOf(ports.files, published),
      subscriptions,
      keys,
      now: ports.now,
      notices: noticeNews(published.context),
      lookedAt: lastLook(evidence),
      resendUnknown: options.resendUnknown,
      dryRun: options.dryRun,
      ...(options.tryAgain === undefined ? {} : { tryAgain: options.tryAgain }),
      store: ledgerDeliveries(ports.files, { journal: noteJournal(ports.notes), durable: ports.durable }),
      channels,
      sleep: ports.sleep,
      ...(perSecond === undefined ? {} : { perSecond }),
      // One message is ready while another is on its way.
      ...(connections === undefined ? {} : { concurrency: connections * 2 }),
      render: digestRenderer({ ...ports, evidence }, published, subscriptions),
      ...(ports.signal === undefined ? {} : { signal: ports.signal }),
      ...(ports.onFault === undefined ? {} : { onFault: ports.onFault }),
      ...(ports.onProgress === undefined ? {} : { onProgress: ports.onProgress }),
    });
    if (!options.dryRun) {
      await markSent({ files: ports.files, evidence }, published, keys, subscriptions, ports.now);
    }
    return report;
  } finally {
    await closeChannels(channels);
  }
}

const NOTHING_DUE: SendReport = {
  sent: [],
  failed: [],
  unknown: [],
  paused: [],
  left: [],
  skipped: [],
  skipCounts: {},
  wouldSend: [],
  doubts: [],
};

export function sendExit(report: SendReport): ExitCode {
  return report.failed.length + report.unknown.length + report.left.length > 0 ? EXIT.mail : EXIT.done;
}

/** Live records with when we first saw them, and the parties as they stood after each. */
export function publicationsOf(files: LedgerFiles, published: Published): Publication[] {
  const firstSeen = new Map(published.observations.map((one) => [one.id, one.firstSeen]));
  const versions = contextVersions(published.context);
  return LISTS.flatMap((list) => {
    const head = readHead(files, { list, segment: LIVE });
    const live = published.records.filter(({ record }) => record.list === list && record.segment === LIVE);
    const then = head === undefined ? undefined : partiesThen(files, head, live);
    return live
      .filter(({ record }) => record.origin === "live")
      .map(({ record, hash }) => ({
        record,
        hash,
        // A record whose observation is lost counts from its day.
        firstSeen: firstSeen.get(record.id) ?? easternNoon(record.date ?? "1970-01-01"),
        context: versions.get(record.id) ?? [],
        ...(then === undefined ? {} : { party: then(record) }),
      }));
  });
}
