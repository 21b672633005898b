import { sha256Hex, UsageError } from "../domain/index.ts";
import { normalMailbox } from "./address.ts";
import type { MessageLinks } from "./channel.ts";
import { checkDkim } from "./dkim.ts";
import { type DeliveryKey, unsubscribeToken } from "./key.ts";
import type { DueItem } from "./outbox.ts";

export interface Mailbox {
  readonly name?: string;
  readonly address: string;
}

/** How messages introduce themselves. */
export interface MailSettings {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  /** RFC 2919: a name for readers, and an id that is a host name of the sender's. */
  readonly list: { readonly name: string; readonly id: string };
  /** Where one unsubscribes; `{token}` in either stands for the subscription's token. */
  readonly unsubscribe?: {
    /** An address; the token goes into the subject. */
    readonly mailto?: string;
    /** An https URL with `{token}`. */
    readonly https?: string;
    /** RFC 8058: the URL unsubscribes by a POST of `List-Unsubscribe=One-Click`. Gmail and Yahoo ask for it. */
    readonly oneClick?: boolean;
  };
  readonly dkim?: DkimSettings;
}

export interface DkimSettings {
  readonly domain: string;
  readonly selector: string;
  /** RSA, PEM. */
  readonly privateKey: string;
}

/** Headers of one message, all derived from the item: a rebuild gives the same. */
export interface MailHeaders {
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Printable ASCII, ready to be folded: none of it is OFAC's or a reader's text. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Checks settings before anything is planned.
 * @throws UsageError `mail-settings`, `dkim`
 */
export function checkMailSettings(settings: MailSettings): void {
  const boxes = { from: settings.from, replyTo: settings.replyTo };
  for (const [name, box] of Object.entries(boxes)) {
    if (box !== undefined && normalMailbox(box.address) === undefined) {
      throw refusal(name, "exactly one mailbox, name@domain");
    }
  }
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(settings.list.id)) {
    throw refusal("listId", "a host name such as digests.example.org");
  }
  // So that its encoded form is one word of at most 75 characters (RFC 2047 §2).
  if (Buffer.byteLength(settings.list.name) > 45) throw refusal("listName", "45 bytes of UTF-8 at most");
  const { mailto, https, oneClick } = settings.unsubscribe ?? {};
  if (mailto !== undefined && normalMailbox(mailto) === undefined) {
    throw refusal("unsubscribeMailto", "exactly one mailbox, name@domain");
  }
  if (
    https !== undefined &&
    !(/^https:\/\/[!-~]+$/.test(https) && !/[<>,"\s]/.test(https) && https.includes("{token}"))
  ) {
    throw refusal("unsubscribeUrl", "an https URL with {token} in it");
  }
  if (oneClick === true && https === undefined) {
    throw refusal("oneClick", "unsubscribeUrl beside it");
  }
  if (settings.dkim !== undefined) checkDkim(settings.dkim);
}

function refusal(name: string, expected: string): UsageError {
  return new UsageError(
    "mail-settings",
    `mail.${name}: expected ${expected}, found otherwise; correct the configuration`,
  );
}

/** Links for the text of a message, and for its List-Unsubscribe. */
export function unsubscribeLinks(item: DueItem, settings: MailSettings, key: DeliveryKey): MessageLinks {
  const { mailto, https } = settings.unsubscribe ?? {};
  if (item.subscription.mailingList) return { unsubscribe: [] };
  const token = unsubscribeToken(key, item.subscription.id);
  return {
    unsubscribe: [
      ...(https === undefined ? [] : [https.replaceAll("{token}", encodeURIComponent(token))]),
      ...(mailto === undefined
        ? []
        : [`mailto:${encodeURI(mailto)}?subject=${encodeURIComponent(`unsubscribe ${token}`)}`]),
    ],
  };
}

/** The headers that make a message stable, threaded, and recognisable as a list's. */
export function mailHeaders(item: DueItem, settings: MailSettings, links: MessageLinks): MailHeaders {
  const domain = domainOf(settings.from.address);
  const thread = item.thread === null ? [] : [`<release.${item.thread}@${settings.list.id}>`];
  const answered = item.inReplyTo === null ? [] : [messageId(item.inReplyTo, domain)];
  const references = [...thread, ...answered];
  const oneClick = settings.unsubscribe?.oneClick === true && links.unsubscribe.length > 0;
  return {
    messageId: messageId(item.identity, domain),
    ...(answered[0] === undefined ? {} : { inReplyTo: answered[0] }),
    ...(references.length === 0 ? {} : { references }),
    fields: {
      "List-Id": listId(settings),
      // RFC 3834 §5 and the older custom: no vacation notices, please.
      "Auto-Submitted": "auto-generated",
      Precedence: "bulk",
      ...(links.unsubscribe.length === 0
        ? {}
        : { "List-Unsubscribe": links.unsubscribe.map((link) => `<${link}>`).join(", ") }),
      ...(oneClick ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
    },
  };
}

/** RFC 2919 §3: a phrase, which has to be quoted or encoded (RFC 2047 §5), and the id. */
function listId({ list }: MailSettings): string {
  const name = headerText(list.name).replace(/["\\]/g, "");
  const phrase = /^[ -~]*$/.test(name) ? `"${name}"` : `=?utf-8?B?${Buffer.from(name).toString("base64")}?=`;
  return `${phrase} <${list.id}>`;
}

/** RFC 5322 §3.6.4: the same for the same publications and subscription, whenever and under whatever key. */
function messageId(identity: readonly string[], domain: string): string {
  return `<${sha256Hex(JSON.stringify(identity)).slice(0, 32)}@${domain}>`;
}

function domainOf(address: string): string {
  const normal = normalMailbox(address) ?? "";
  return normal.slice(normal.lastIndexOf("@") + 1);
}

/** One line without control, invisible or direction characters: OFAC's text must not steer a header. */
export function headerText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cf}\p{Cs}\p{Co}]+/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
}
