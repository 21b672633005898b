import { withoutAddress } from "./address.ts";
import type { DueItem } from "./outbox.ts";

/** Why a message could not be composed: the fault is ours, and the message stays due. */
export interface ComposeFault {
  /** The first one that it befell. */
  readonly subscription: string;
  readonly publications: readonly string[];
  /** As in the delivery ledger: `not-composed-error`. */
  readonly code: string;
  /** Of the error, on one line, without the reader's address or secret. */
  readonly message: string;
}

/** What an error in composing a message tells an operator. */
export function composeFault(item: DueItem, error: unknown): ComposeFault {
  return {
    subscription: item.subscription.id,
    publications: item.publications.map(({ record }) => record.id),
    code: `not-composed-${nameOf(error)}`,
    message: shortened(withoutAddress(textOf(error), item.subscription)),
  };
}

/** Longer messages quote what was being composed. */
const MESSAGE_LIMIT = 300;

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MESSAGE_LIMIT ? `${line.slice(0, MESSAGE_LIMIT)}…` : line;
}

/** The kind of an error, for the delivery ledger: its message may quote what was being composed. */
export function nameOf(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && /^[A-Za-z0-9_-]{1,40}$/.test(code) ? code.toLowerCase() : "error";
}
