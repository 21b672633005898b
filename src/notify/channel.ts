import type { Outcome } from "./deliveries.ts";
import type { MimeAttachment as Attachment } from "./mime.ts";
import type { DueItem } from "./outbox.ts";

/** The words of one message, made by the renderer. Provenance of composed data is marked in them. */
export interface Rendered {
  readonly subject: string;
  readonly preheader: string;
  readonly text: string;
  /** Left out for a subscription to plain text. */
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
  /** The same facts for machines: the body of a webhook. */
  readonly json?: unknown;
}

/** Links a message may show; the address is in none of them. */
export interface MessageLinks {
  /** `mailto:` and `https:` addresses at which one unsubscribes, where configured. */
  readonly unsubscribe: readonly string[];
}

/** Finds the words for an item. Must give the same words each time. */
export type Render = (item: DueItem, links: MessageLinks) => Rendered | Promise<Rendered>;

/** What became of handing one message over. */
export interface HandOver {
  readonly outcome: Exclude<Outcome, "not-attempted">;
  /** Short, stable, free of addresses; empty when sent. */
  readonly code: string;
  /** The trouble is the transport's (no connection, no TLS, no login), not this recipient's. */
  readonly systemic?: boolean;
  /** The recipient's own server gave no answer: it waits as after a refusal, but is never given up for it. */
  readonly silent?: boolean;
}

/** Notes that from now on nobody can be certain that nothing has left. */
export type Leaving = () => Promise<void>;

/** One message, ready to be handed over as often as needed with the same bytes. */
export interface Prepared {
  /** For reports: the Message-ID, or the delivery id of a hook. */
  readonly reference: string;
  /** @param leaving is awaited right before anything of the message may leave; its failure ends the hand-over */
  handOver(leaving?: Leaving): Promise<HandOver>;
}

/** A way to reach people. Only `prepare` sees words, only `handOver` has effects. */
export interface Channel {
  links(item: DueItem): MessageLinks;
  prepare(item: DueItem, rendered: Rendered, links: MessageLinks): Promise<Prepared>;
  close(): Promise<void>;
}
