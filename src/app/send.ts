import { decodeParty, EXIT, type ExitCode, easternNoon, type Instant, UsageError } from "../domain/index.ts";
import { type LedgerFiles, readHead, readState } from "../ledger/index.ts";
import {
  type Channel,
  type EmlFolder,
  emlChannel,
  type KeyRing,
  keyRing,
  type MailSettings,
  type Publication,
  readSubscriptions,
  type SendReport,
  send,
  smtpChannel,
} from "../notify/index.ts";
import type { TemplateSources } from "../render/index.ts";
import type { ConfigFile } from "./config.ts";
import { cacheJournal, ledgerDeliveries } from "./delivery-store.ts";
import { digestRenderer, lastLook } from "./digest-render.ts";
import { type Published, readPublished } from "./published.ts";
import { LIVE } from "./update.ts";

export interface SendPorts {
  readonly files: LedgerFiles;
  /** A folder that may be thrown away. */
  readonly cache: LedgerFiles;
  readonly eml: EmlFolder;
  readonly config: ConfigFile;
  readonly now: Instant;
  readonly sleep: (ms: number) => Promise<void>;
  readonly templates: TemplateSources;
  readonly renderer: string;
  /** The subscriptions document; null: nobody has subscribed. */
  readonly subscriptions: string | null;
  readonly secrets: SendSecrets;
  readonly onProgress?: (done: number, all: number) => void;
  /** Makes what was just written durable elsewhere too, e.g. by a push; a failure ends the run before anything is sent. */
  readonly durable?: () => Promise<void>;
}

/** From the environment, never from a file. */
export interface SendSecrets {
  /** Of the delivery ledger's keyed hashes, current first. */
  readonly delivery: readonly string[];
  readonly smtpUser?: string | undefined;
  readonly smtpPassword?: string | undefined;
}

export interface SendOptions {
  readonly dryRun: boolean;
  readonly resendUnknown: boolean;
}

/** Delivers the digests that are due, once. */
export async function sendDue(ports: SendPorts, options: SendOptions): Promise<SendReport> {
  const subscriptions = ports.subscriptions === null ? [] : readSubscriptions(ports.subscriptions);
  if (subscriptions.length === 0) return NOTHING_DUE;
  const keys = keyRing(ports.secrets.delivery);
  const published = readPublished(ports.files);
  const mail = mailChannel(ports, keys);
  try {
    return await send({
      publications: publicationsOf(ports.files, published),
      subscriptions,
      keys,
      now: ports.now,
      lookedAt: lastLook(ports.files),
      resendUnknown: options.resendUnknown,
      dryRun: options.dryRun,
      store: ledgerDeliveries(ports.files, { journal: cacheJournal(ports.cache), durable: ports.durable }),
      channels: { mail },
      sleep: ports.sleep,
      render: digestRenderer(ports, published),
      ...(ports.onProgress === undefined ? {} : { onProgress: ports.onProgress }),
    });
  } finally {
    await mail.close();
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
};

export function sendExit(report: SendReport): ExitCode {
  return report.failed.length + report.unknown.length + report.left.length > 0 ? EXIT.mail : EXIT.done;
}

/** Live records with when we first saw them; the newest of each list with its whole parties. */
function publicationsOf(files: LedgerFiles, published: Published): Publication[] {
  const firstSeen = new Map(published.observations.map((one) => [one.id, one.firstSeen]));
  return published.records
    .filter(({ record }) => record.origin === "live")
    .map(({ record, hash }) => {
      // Corrections are not observed; like a record whose observation is lost, they count from their day.
      const seen = firstSeen.get(record.id) ?? easternNoon(record.date ?? "1970-01-01");
      const head = readHead(files, { list: record.list, segment: LIVE });
      if (head?.id !== record.id) return { record, hash, firstSeen: seen };
      const { parties } = readState(files, head);
      const party = (uid: number) => {
        const line = parties.get(uid);
        return line === undefined ? undefined : decodeParty(line);
      };
      return { record, hash, firstSeen: seen, party };
    });
}

function mailChannel(ports: SendPorts, keys: KeyRing): Channel {
  const settings = ports.config.mail ?? {};
  const mail = mailSettings(ports.config);
  if ((settings.transport ?? "eml") === "eml") return emlChannel(mail, ports.eml, keys);
  if (settings.smtpHost === undefined) {
    throw new UsageError(
      "no-smtp-host",
      'mail.smtpHost: expected a host name with transport "smtp", found none. Set it.',
    );
  }
  const { smtpUser, smtpPassword } = ports.secrets;
  return smtpChannel(
    mail,
    {
      host: settings.smtpHost,
      port: settings.smtpPort ?? 587,
      tls: settings.tls ?? "starttls",
      ...(smtpUser === undefined || smtpPassword === undefined
        ? {}
        : { auth: { user: smtpUser, password: smtpPassword } }),
    },
    keys,
  );
}

function mailSettings(config: ConfigFile): MailSettings {
  const mail = config.mail ?? {};
  const { unsubscribeMailto, unsubscribeUrl } = mail;
  const unsubscribe = {
    ...(unsubscribeMailto === undefined ? {} : { mailto: unsubscribeMailto }),
    ...(unsubscribeUrl === undefined ? {} : { https: unsubscribeUrl }),
  };
  return {
    from: {
      name: config.site?.title ?? "OFAC ledger",
      address: mail.from ?? "ofac-ledger@localhost.localdomain",
    },
    list: {
      name: config.site?.title ?? "OFAC ledger",
      id: mail.listId ?? "ofac-ledger.localhost.localdomain",
    },
    unsubscribe,
  };
}
