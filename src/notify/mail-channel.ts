import { sha256Hex } from "../domain/index.ts";
import type { Channel, HandOver, Leaving } from "./channel.ts";
import { checkMailSettings, type MailSettings, unsubscribeLinks } from "./envelope.ts";
import type { KeyRing } from "./key.ts";
import { composeMail, type MailMessage, smtpPool } from "./mailer.ts";
import type { SmtpSettings } from "./smtp.ts";

/** Puts one file into the folder of messages, whole or not at all; a file of that name is replaced. */
export interface EmlFolder {
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** Mail over SMTP. */
export function smtpChannel(mail: MailSettings, smtp: SmtpSettings, keys: KeyRing): Channel {
  checkMailSettings(mail);
  const pool = smtpPool(smtp);
  return mailChannel(
    mail,
    keys,
    (message, leaving) => pool.send(message, leaving),
    () => pool.close(),
  );
}

/**
 * Mail as `.eml` files: what would be sent, byte for byte, for any mail program to open. A second hand-over
 * of a message replaces its file, so here nothing can arrive twice.
 */
export function emlChannel(mail: MailSettings, folder: EmlFolder, keys: KeyRing): Channel {
  checkMailSettings(mail);
  return mailChannel(
    mail,
    keys,
    async (message, leaving) => {
      await leaving?.();
      try {
        await folder.write(emlName(message), message.bytes);
        return { outcome: "sent", code: "" };
      } catch {
        return { outcome: "failed-temporary", code: "file-not-written", systemic: true };
      }
    },
    () => {},
  );
}

/** From the Message-ID: no address, and the same each time. */
function emlName(message: MailMessage): string {
  return `${/^<([0-9a-f]+)@/.exec(message.messageId)?.[1] ?? sha256Hex(message.messageId)}.eml`;
}

type Send = (message: MailMessage, leaving?: Leaving) => Promise<HandOver>;

function mailChannel(mail: MailSettings, keys: KeyRing, send: Send, close: () => void): Channel {
  return {
    links: (item) => unsubscribeLinks(item, mail, keys[0]),
    async prepare(item, rendered, links) {
      const message = await composeMail(item, rendered, mail, links);
      return { reference: message.messageId, handOver: (leaving) => send(message, leaving) };
    },
    async close() {
      close();
    },
  };
}
