import { createHmac } from "node:crypto";
import { canonicalJson, type Instant, sha256Hex } from "../../domain/index.ts";
import {
  composeMail,
  type DueItem,
  type EmlFolder,
  type HookPort,
  type MailMessage,
  readSubscriptions,
  smtpPool,
} from "../../notify/index.ts";
import type { ConfigFile } from "../config/config.ts";
import { trustedAuthority } from "../mail/channels.ts";
import { type MailSecrets, mailSettings, smtpSettings } from "../mail/mail-settings.ts";
import type { WatchMessage } from "./memory.ts";
import { messagesSubject, messagesText } from "./words.ts";

/** A way to tell the operator. All that is to be told in a run goes as one. */
export interface WatchChannel {
  /** `mail-1`, `webhook`: no address. */
  readonly name: string;
  /** @returns null when it was taken, else a short code without an address */
  tell(messages: readonly WatchMessage[]): Promise<string | null>;
  close(): void;
}

export interface ChannelPorts {
  readonly config: ConfigFile;
  readonly secrets: MailSecrets;
  readonly eml: EmlFolder;
  readonly hooks: HookPort;
  readonly now: Instant;
  /** Where alarms are posted; the address is a secret of many services. */
  readonly webhook?: { readonly url: string; readonly secret?: string | undefined } | undefined;
}

/**
 * The channels that are configured.
 * @throws UsageError for an address or a mail setting that is none
 */
export function watchChannels(ports: ChannelPorts): WatchChannel[] {
  const addresses = ports.config.watchdog?.mailTo ?? [];
  return [
    ...addresses.map((address, at) => mailChannel(ports, address, `mail-${at + 1}`)),
    ...(ports.webhook === undefined ? [] : [hookChannel(ports, ports.webhook)]),
  ];
}

function mailChannel(
  { config, secrets, eml, now }: ChannelPorts,
  address: string,
  name: string,
): WatchChannel {
  const settings = mailSettings(config, secrets);
  const subscription = recipient(address, name);
  const smtp = config.mail?.transport === "smtp";
  const pool = smtp ? smtpPool(smtpSettings(config, secrets, trustedAuthority(config))) : undefined;
  return {
    name,
    async tell(messages) {
      const title = config.site?.title ?? "OFAC ledger";
      const rendered = {
        subject: messagesSubject(title, messages),
        preheader: "",
        text: messagesText(messages),
      };
      const message = await composeMail(itemOf(subscription, messages, now), rendered, settings, {
        unsubscribe: [],
      });
      if (pool === undefined) return put(eml, message);
      const { outcome, code } = await pool.send(message);
      return outcome === "sent" ? null : code || outcome;
    },
    close: () => pool?.close(),
  };
}

async function put(eml: EmlFolder, message: MailMessage): Promise<string | null> {
  try {
    await eml.write(`${sha256Hex(message.messageId).slice(0, 32)}.eml`, message.bytes);
    return null;
  } catch {
    return "file-not-written";
  }
}

/** The operator as a subscriber, so that the address is checked and the message made as every other. */
function recipient(address: string, name: string): DueItem["subscription"] {
  const document = {
    formatVersion: "1.0",
    subscriptions: [{ id: `watchdog-${name}`, address, since: "2000-01-01", format: "text" }],
  };
  const [subscription] = readSubscriptions(JSON.stringify(document));
  if (subscription === undefined) throw new Error("a document of one subscription holds none");
  return subscription;
}

/** What was not taken is told again with the same Message-ID: a server that did take it can drop it. */
function itemOf(
  subscription: DueItem["subscription"],
  messages: readonly WatchMessage[],
  now: Instant,
): DueItem {
  return {
    kind: "unchanged",
    subscription,
    publications: [],
    key: "",
    recipient: "",
    recordKeys: [],
    attempt: 1,
    refusedSince: null,
    date: now,
    identity: ["watchdog", subscription.id, ...identityOf(messages, now)],
    inReplyTo: null,
    thread: null,
  };
}

function identityOf(messages: readonly WatchMessage[], now: Instant): string[] {
  return messages.map(({ kind, key, state, found }) =>
    // A reminder says the same each time, and is another message all the same.
    JSON.stringify([kind, key, state, found, kind === "reminder" ? now : ""]),
  );
}

/** Signed JSON as to any webhook of ours (standardwebhooks.com); without a secret it goes unsigned. */
function hookChannel(
  { hooks, now }: ChannelPorts,
  { url, secret }: NonNullable<ChannelPorts["webhook"]>,
): WatchChannel {
  return {
    name: "webhook",
    async tell(messages) {
      const id = `msg_${sha256Hex(JSON.stringify(identityOf(messages, now))).slice(0, 32)}`;
      const timestamp = String(Math.floor(Date.parse(now) / 1000));
      const body = canonicalJson({
        formatVersion: "1.0",
        type: "ofac-ledger.watchdog",
        id,
        at: now,
        text: messagesText(messages),
        messages,
      });
      const signature =
        secret === undefined
          ? {}
          : {
              "webhook-signature": `v1,${createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
            };
      const headers = {
        "content-type": "application/json; charset=utf-8",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        ...signature,
      };
      try {
        const { status } = await hooks.post(url, headers, body);
        return status >= 200 && status < 300 ? null : `http-${status}`;
      } catch {
        // The error's text may hold the address.
        return "no-answer";
      }
    },
    close: () => undefined,
  };
}
