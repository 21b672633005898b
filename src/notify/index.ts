/** Decides who should hear, and sends once. `send` is the whole of it; the rest are its inputs and outputs. */
export type { ContextVersion, NoticeNews } from "./beside.ts";
export type { Channel, HandOver, MessageLinks, Prepared, Render, Rendered } from "./channel.ts";
export type { Delivery } from "./deliver.ts";
export {
  BATCH_LIMIT,
  type Cause,
  type DeliveryException,
  type DeliveryJournal,
  type DeliveryLedger,
  type DeliveryStore,
  type Ending,
  type Intent,
  type IntentBatch,
  type JournalNote,
  type Outcome,
  type ResultBatch,
} from "./deliveries.ts";
export { dkimRecord, dkimRecordFaults } from "./dkim.ts";
export { checkMailSettings, type DkimSettings, type Mailbox, type MailSettings } from "./envelope.ts";
export type { PartyLookup } from "./facts.ts";
export type { ComposeFault } from "./fault.ts";
export type { OpenFilter, RecordMatch } from "./filter.ts";
export { type HookPort, slackChannel, teamsChannel, webhookChannel } from "./hook.ts";
export { messageFaults } from "./inspect.ts";
export { type DeliveryKey, type KeyRing, keyRing, verifyUnsubscribeToken } from "./key.ts";
export { type EmlFolder, emlChannel, smtpChannel } from "./mail-channel.ts";
export { composeMail, type MailMessage, type SmtpPool, smtpPool } from "./mailer.ts";
export type { MimeAttachment } from "./mime.ts";
export { type OneItem, oneItem } from "./one-item.ts";
export type { DigestPublication, DueItem, Publication, Skip, SkipReason } from "./outbox.ts";
export { doubtLine, type ProgramDoubt, programDoubts } from "./programs.ts";
export { type SendInput, type SendReport, send, type UnknownDelivery } from "./send.ts";
export type { SmtpOAuth2, SmtpPassword, SmtpSettings } from "./smtp.ts";
export { deliveryState, failuresInARow, PAUSE_AFTER } from "./standings.ts";
export type { ChannelName, Filters, ListCode, Subscription } from "./subscription.ts";
export { readSubscriptions } from "./subscriptions.ts";
export { type MailTimes, mailTimes } from "./times.ts";
