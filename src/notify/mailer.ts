import { Readable } from "node:stream";
import nodemailer from "nodemailer";
import DKIM from "nodemailer/lib/dkim";
import MimeNode from "nodemailer/lib/mime-node";
import { type Instant, sha256Hex, UsageError } from "../domain/index.ts";
import { isLoopback } from "./address.ts";
import type { HandOver, MessageLinks, Rendered } from "./channel.ts";
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
  /** Never rejects: trouble is a value. */
  send(message: MailMessage): Promise<HandOver>;
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
  const progress = new Map<string, Readable>();
  const timeout = (settings.timeoutSeconds ?? 600) * 1000;
  const transport = nodemailer.createTransport({
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.tls === "implicit",
    requireTLS: settings.tls === "starttls",
    ignoreTLS: settings.tls === "none",
    maxConnections: settings.connections ?? 5,
    // A message is never put back by the pool itself: what may be tried again is decided here, once.
    maxRequeues: 0,
    connectionTimeout: Math.min(timeout, 30_000),
    greetingTimeout: Math.min(timeout, 30_000),
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(settings.clientName === undefined ? {} : { name: settings.clientName }),
    ...(settings.ca === undefined ? {} : { tls: { ca: settings.ca } }),
    ...(settings.auth === undefined ? {} : { auth: authOf(settings.auth) }),
  });
  transport.use("stream", (mail, done) => {
    mail.message.processFunc((stream) => {
      progress.set(String(mail.data.messageId), stream);
      return stream;
    });
    done();
  });
  // An idle connection that breaks is no news: the next message opens another.
  transport.on("error", () => {});

  async function once(message: MailMessage): Promise<{ result: HandOver; untouched: boolean }> {
    try {
      await transport.sendMail({
        raw: message.bytes.length <= SLICE ? view(message.bytes) : inSlices(message.bytes),
        envelope: { from: message.envelope.from, to: message.envelope.to },
        messageId: message.messageId,
      });
      return { result: { outcome: "sent", code: "" }, untouched: false };
    } catch (error) {
      const seen = progressOf(progress.get(message.messageId));
      return { result: judgeSmtp(error, seen), untouched: seen === "untouched" };
    } finally {
      progress.delete(message.messageId);
    }
  }

  return {
    async send(message) {
      const first = await once(message);
      // A pooled connection may have gone stale between two messages: not a byte was sent, so try another.
      const again = first.untouched && first.result.code === "connection-closed";
      return again ? (await once(message)).result : first.result;
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

const SLICE = 262_144;

/** In pieces, so that a long message stops where its connection does; a short one is on its way as a whole. */
function inSlices(bytes: Uint8Array): Readable {
  function* slices() {
    for (let at = 0; at < bytes.length; at += SLICE) yield view(bytes.subarray(at, at + SLICE));
  }
  return Readable.from(slices(), { objectMode: false });
}

/** The same bytes, not a copy. */
function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function progressOf(watched: Readable | undefined): Progress {
  if (watched?.readableDidRead !== true) return "untouched";
  return watched.readableEnded ? "complete" : "partial";
}

function authOf(auth: SmtpPassword | SmtpOAuth2) {
  return "password" in auth
    ? { type: "login" as const, user: auth.user, pass: auth.password }
    : { type: "oauth2" as const, ...auth };
}
