import { simpleParser } from "mailparser";
import type { ReceivedMail } from "../support/smtp-stand-in.ts";
import { OPERATOR, SUBSCRIBERS } from "./people.ts";

/** A mail as it arrived. */
export interface Arrived {
  readonly kind: "digest" | "alarm";
  /** The subscription's id, or the address where none has it. */
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  /** Of a digest: the headlines in it, one for each publication. A reply only adds to what was told. */
  readonly headlines: readonly string[];
  /** Of an alarm: what it says, `ALARM: sdn: every look fails`. */
  readonly alarms: readonly string[];
}

const ALARM = /^(?:ALARM|REMINDER|ALL CLEAR): .+$/gm;
const HEADLINE = /^\d{8}(?: \(\d+\))?(?: Non-SDN)?: .+$/gm;

export async function readMail({ to, bytes }: ReceivedMail): Promise<Arrived> {
  const mail = await simpleParser(bytes);
  const address = to.join(", ");
  const text = mail.text ?? "";
  const alarm = address === OPERATOR;
  return {
    kind: alarm ? "alarm" : "digest",
    to: SUBSCRIBERS.find((one) => one.address === address)?.id ?? address,
    subject: mail.subject ?? "",
    messageId: mail.messageId ?? "",
    headlines: alarm || mail.subject?.startsWith("Re: ") === true ? [] : (text.match(HEADLINE) ?? []),
    alarms: alarm ? (text.match(ALARM) ?? []) : [],
  };
}

/** What somebody was told more than once: the same message, or a publication in two digests. */
export function toldTwice(mails: readonly Arrived[]): string[] {
  const told = mails.flatMap(({ to, messageId, headlines }) =>
    [messageId, ...headlines].map((what) => `${to}: ${what}`),
  );
  return told.filter((what, i) => told.indexOf(what) !== i);
}
