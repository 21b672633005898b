import { Readable } from "node:stream";
import nodemailer from "nodemailer";
import DKIM from "nodemailer/lib/dkim";
import MimeNode from "nodemailer/lib/mime-node";
import { type Instant, sha256Hex, UsageError } from "../domain/index.ts";
import { isLoopback } from "./address.ts";
import type { HandOver, Leaving, MessageLinks, Rendered } from "./channel.ts";
import { type DkimSettings, headerText, type Mailbox, type MailSettings, mailHeaders } from "./envelope.ts";
import { mimeBody } from "./mime.ts";
import type { DueItem } from "./outbox.ts";
import { judgeSmtp, type Progress, type SmtpOAuth2, type SmtpPassword, type SmtpSettings } from "./smtp.ts";

/** A message as it goes over the wire. */
export interface MailMessage {
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: string };
  /** RFC 5322, CRLF, DKIM-signed where configured. */
  readonly bytes: Uint8Array;
}

/**
 * Builds a message: the same item, words and settings give the same bytes, so a retry sends what was sent.
 * @throws UsageError `dkim` when the key does not sign
 */
export async function composeMail(
  item: DueItem,
  rendered: Rendered,
  settings: MailSettings,
  links: MessageLinks,
): Promise<MailMessage> {
  const headers = mailHeaders(item, settings, links);
  const { address, format } = item.subscription;
  const { contentType, transferEncoding, body } = mimeBody(
    {
      text: rendered.text,
      html: format === "text" ? undefined : rendered.html,
      attachments: rendered.attachments ?? [],
    },
    `=_${sha256Hex(headers.messageId).slice(0, 24)}`,
  );
  const message = new MimeNode(contentType, { baseBoundary: "unused" });
  message.setHeader("From", mailbox(settings.from));
  if (settings.replyTo !== undefined) message.setHeader("Reply-To", mailbox(settings.replyTo));
  message.setHeader("To", mailbox({ address }));
  message.setHeader("Subject", headerText(rendered.subject));
  message.setHeader("Date", rfcDate(item.date));
  message.setHeader("Message-ID", headers.messageId);
  if (headers.inReplyTo !== undefined) message.setHeader("In-Reply-To", headers.inReplyTo);
  if (headers.references !== undefined) message.setHeader("References", headers.references.join(" "));
  for (const [name, value] of Object.entries(headers.fields)) {
    message.setHeader(name, { prepared: true, foldLines: true, value });
  }
  message.setHeader("MIME-Version", "1.0");
  if (transferEncoding !== undefined) message.setHeader("Content-Transfer-Encoding", transferEncoding);
  const head = Buffer.from(`${message.buildHeaders()}\r\n\r\n`, "utf8");
  const plain = Buffer.concat([head, ...body, Buffer.from("\r\n")]);
  const bytes = settings.dkim === undefined ? plain : await signed(plain, settings.dkim);
  return { messageId: headers.messageId, envelope: { from: settings.from.address, to: address }, bytes };
}

function mailbox({ name, address }: Mailbox): { name: string; address: string } {
  return { name: headerText(name ?? ""), address };
}

/** RFC 5322 §3.3, with the numeric zone that it prefers. */
function rfcDate(instant: Instant): string {
  return new Date(instant).toUTCString().replace("GMT", "+0000");
}

const SIGNED_FIELDS = [
  "From:Reply-To:To:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type",
  "List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted:Precedence",
].join(":");

/** RFC 6376, rsa-sha256, relaxed/relaxed. RFC 8058 §4 wants the unsubscribe headers signed. */
async function signed(message: Buffer, settings: DkimSettings): Promise<Buffer> {
  const signer = new DKIM({
    domainName: settings.domain,
    keySelector: settings.selector,
    privateKey: settings.privateKey,
    headerFieldNames: SIGNED_FIELDS,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of signer.sign(message)) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  // The signer gives the message back unsigned when the key is not usable.
  if (!bytes.subarray(0, 15).equals(Buffer.from("DKIM-Signature:"))) {
    throw new UsageError(
      "dkim",
      `expected an RSA private key in PEM for DKIM selector ${settings.selector}, found one that does not sign: check the key`,
    );
  }
  return bytes;
}

/** A pool of connections to one server. */
export interface SmtpPool {
  /** Never rejects: trouble is a value. `leaving` is awaited when the server asks for the message. */
  send(message: MailMessage, leaving?: Leaving): Promise<HandOver>;
  /** Connects, says hello, logs in, sends nothing. */
  verify(): Promise<HandOver>;
  close(): void;
}

/**
 * Opens a pool; connections are made when needed.
 * @throws UsageError `smtp-tls` for plain SMTP to a host that is not this machine
 */
export function smtpPool(settings: SmtpSettings): SmtpPool {
  if (settings.tls === "none" && settings.allowPlain !== true && !isLoopback(settings.host)) {
    throw new UsageError(
      "smtp-tls",
      `mail.tls: expected TLS to ${settings.host}, found "none": use "starttls" or "implicit", or set mail.allowPlain if the network is trusted`,
    );
  }
  const timeout = (settings.timeoutSeconds ?? 600) * 1000;
  const transport = nodemailer.createTransport({
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.tls === "implicit",
    requireTLS: settings.tls === "starttls",
    ignoreTLS: settings.tls === "none",
    maxConnections: settings.connections ?? 5,
    maxMessages: MESSAGES_A_CONNECTION,
    // A message is never put back by the pool itself: what may be tried again is decided here, once.
    maxRequeues: 0,
    connectionTimeout: Math.min(timeout, 30_000),
    greetingTimeout: Math.min(timeout, 30_000),
    socketTimeout: timeout,
    ...(settings.clientName === undefined ? {} : { name: settings.clientName }),
    ...(settings.ca === undefined ? {} : { tls: { ca: settings.ca } }),
    ...(settings.auth === undefined ? {} : { auth: authOf(settings.auth) }),
  });
  // An idle connection that breaks is no news: the next message opens another.
  transport.on("error", () => {});

  async function once(
    message: MailMessage,
    leaving: Leaving,
  ): Promise<{ result: HandOver; untouched: boolean }> {
    const stream = inSlices(message.bytes, leaving);
    try {
      await handed(transport.transporter, message, stream);
      return { result: { outcome: "sent", code: "" }, untouched: false };
    } catch (error) {
      const seen = progressOf(stream);
      return { result: judgeSmtp(error, seen), untouched: seen === "untouched" };
    }
  }

  return {
    async send(message, leaving = async () => undefined) {
      const first = await once(message, leaving);
      // A pooled connection may have gone stale between two messages, or the server has had enough of it: not a
      // byte was sent, so try another.
      const again = first.untouched && /^connection-closed$|^smtp-421.*-mail$/.test(first.result.code);
      return again ? (await once(message, leaving)).result : first.result;
    },
    async verify() {
      try {
        await transport.verify();
        return { outcome: "sent", code: "" };
      } catch (error) {
        return judgeSmtp(error, "untouched");
      }
    },
    close: () => transport.close(),
  };
}

/** Fewer new connections than the library's 100: each costs several round trips, and TLS costs more than a mail. */
const MESSAGES_A_CONNECTION = 1_000;

/**
 * Hands finished bytes to the pool past the library's composer, which would take them apart and cost more than
 * sending them. The members are those that its transports ask of a mail.
 */
function handed(
  pool: { readonly send: CallableFunction },
  message: MailMessage,
  stream: Readable,
): Promise<void> {
  const { from, to } = message.envelope;
  const mail = {
    data: {},
    message: {
      getEnvelope: () => ({ from, to: [to] }),
      messageId: () => message.messageId,
      getHeader: () => message.messageId,
      createReadStream: () => stream,
    },
  };
  return new Promise((resolve, reject) => {
    const done = (error: unknown) => (error === null || error === undefined ? resolve() : reject(error));
    Reflect.apply(pool.send, pool, [mail, done]);
  });
}

const SLICE = 262_144;

/** In pieces, so that a long message stops where its connection does; a short one is on its way as a whole. */
function inSlices(bytes: Uint8Array, leaving: Leaving): Readable {
  async function* slices() {
    await leaving();
    for (let at = 0; at < bytes.length; at += SLICE) yield view(bytes.subarray(at, at + SLICE));
  }
  return Readable.from(slices(), { objectMode: false });
}

/** The same bytes, not a copy. */
function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function progressOf(watched: Readable): Progress {
  if (!watched.readableDidRead) return "untouched";
  return watched.readableEnded ? "complete" : "partial";
}

function authOf(auth: SmtpPassword | SmtpOAuth2) {
  return "password" in auth
    ? { type: "login" as const, user: auth.user, pass: auth.password }
    : { type: "oauth2" as const, ...auth };
}
