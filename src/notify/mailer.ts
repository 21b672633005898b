import { PassThrough, pipeline, Readable } from "node:stream";
import nodemailer from "nodemailer";
import DKIM from "nodemailer/lib/dkim";
import MailComposer from "nodemailer/lib/mail-composer";
import { sha256Hex, UsageError } from "../domain/index.ts";
import { isLoopback } from "./address.ts";
import type { HandOver, MessageLinks, Rendered } from "./channel.ts";
import { type DkimSettings, headerText, type MailSettings, mailHeaders } from "./envelope.ts";
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
  const { address } = item.subscription;
  const composer = new MailComposer({
    from: { name: headerText(settings.from.name ?? ""), address: settings.from.address },
    ...(settings.replyTo === undefined
      ? {}
      : { replyTo: { name: headerText(settings.replyTo.name ?? ""), address: settings.replyTo.address } }),
    to: { name: "", address },
    subject: headerText(rendered.subject),
    date: new Date(item.date),
    messageId: headers.messageId,
    ...(headers.inReplyTo === undefined ? {} : { inReplyTo: headers.inReplyTo }),
    ...(headers.references === undefined ? {} : { references: [...headers.references] }),
    headers: Object.fromEntries(
      Object.entries(headers.fields).map(([name, value]) => [
        name,
        { prepared: true, foldLines: true, value },
      ]),
    ),
    text: rendered.text,
    ...(rendered.html === undefined || item.subscription.format === "text" ? {} : { html: rendered.html }),
    attachments: (rendered.attachments ?? []).map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.mediaType,
      content: Buffer.from(attachment.bytes),
    })),
    // Lines of plain 7bit text would be reflowed by the reader's program (RFC 3676), before→after lines too.
    encoding: "quoted-printable",
    baseBoundary: sha256Hex(headers.messageId).slice(0, 24),
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const plain = await composer.compile().build();
  const bytes = settings.dkim === undefined ? plain : await signed(plain, settings.dkim);
  return { messageId: headers.messageId, envelope: { from: settings.from.address, to: address }, bytes };
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
      `expected TLS to ${settings.host}, found tls "none": use "starttls" or "implicit", or set allowPlain if the network is trusted`,
    );
  }
  const progress = new Map<string, PassThrough>();
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
    const watched = new PassThrough();
    progress.set(String(mail.data.messageId), watched);
    mail.message.processFunc((input) => pipeline(input, watched, () => {}));
    done();
  });
  // An idle connection that breaks is no news: the next message opens another.
  transport.on("error", () => {});

  async function once(message: MailMessage): Promise<{ result: HandOver; untouched: boolean }> {
    try {
      await transport.sendMail({
        raw: Readable.from(slices(message.bytes), { objectMode: false }),
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

const SLICE = 65_536;

/** In pieces, so that a stream stops where the connection does. */
function* slices(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE) yield Buffer.from(bytes.subarray(at, at + SLICE));
}

function progressOf(watched: PassThrough | undefined): Progress {
  if (watched?.readableDidRead !== true) return "untouched";
  return watched.readableEnded ? "complete" : "partial";
}

function authOf(auth: SmtpPassword | SmtpOAuth2) {
  return "password" in auth
    ? { type: "login" as const, user: auth.user, pass: auth.password }
    : { type: "oauth2" as const, ...auth };
}
