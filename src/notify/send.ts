import { type DeliverInput, type Delivery, deliver } from "./deliver.ts";
import type { DeliveryLedger } from "./deliveries.ts";
import { type DueItem, type OutboxInput, planOutbox, type Skip, type SkipReason } from "./outbox.ts";
import { type ProgramDoubt, programDoubts } from "./programs.ts";
import { settleOpen } from "./settle.ts";
import { type DeliveryState, deliveryState } from "./standings.ts";

export interface SendInput
  extends Omit<OutboxInput, "state">,
    Omit<DeliverInput, "items" | "batches" | "keys" | "now"> {
  /** Say who would get what, and why not; hand nothing over and write nothing. */
  readonly dryRun?: boolean;
}

/** What a run did. Subscriptions by id, publications by id; no address. */
export interface SendReport {
  readonly sent: readonly Delivery[];
  /** Temporary ones are tried again in later runs, permanent ones are not. */
  readonly failed: readonly Delivery[];
  /** Handed over without an answer, in this run or in one that a crash ended. Not sent again unless asked. */
  readonly unknown: readonly UnknownDelivery[];
  /** Of recipients with three permanent failures in a row: nothing is tried until the address changes. */
  readonly paused: readonly Skip[];
  /** Still due: the transport was down, so nobody was tried in vain. */
  readonly left: readonly Delivery[];
  /** What was not due; all of it in a dry run. */
  readonly skipped: readonly Skip[];
  readonly skipCounts: Readonly<Partial<Record<SkipReason, number>>>;
  /** Dry run only. */
  readonly wouldSend: readonly DueItem[];
  /** Filters that may hide everything for a typing error; dry run only. */
  readonly doubts: readonly ProgramDoubt[];
}

export interface UnknownDelivery {
  readonly subscription: string;
  readonly publications: readonly string[];
  readonly code: string;
}

/**
 * Settles what a crash left open, plans the outbox and delivers it. One run at a time: the caller sees to it
 * that no other run works on the same ledger.
 */
export async function send(input: SendInput): Promise<SendReport> {
  const { store, now } = input;
  const ledger = await store.load();
  const before = deliveryState(ledger);
  const { state, crashed } = await settle(input, ledger, before);
  const explain = input.explain ?? input.dryRun ?? false;
  const outbox = planOutbox({ ...input, state, explain });
  const deliveries =
    input.dryRun === true
      ? []
      : await deliver({ ...input, items: outbox.items, batches: state.batches, now });
  const of = (...outcomes: readonly Delivery["outcome"][]) =>
    deliveries.filter((delivery) => outcomes.includes(delivery.outcome));
  return {
    sent: of("sent"),
    failed: of("failed-temporary", "failed-permanent"),
    unknown: [
      ...outbox.skips.filter((skip) => crashed.has(skip.batch ?? "")).flatMap(afterCrash),
      ...of("unknown"),
    ],
    paused: outbox.skips.filter((skip) => skip.reason === "paused"),
    left: of("not-attempted"),
    skipped: outbox.skips.filter((skip) => skip.reason !== "paused"),
    skipCounts: outbox.skipCounts,
    wouldSend: input.dryRun === true ? outbox.items : [],
    doubts: input.dryRun === true ? doubtsOf(input) : [],
  };
}

function doubtsOf({ subscriptions, publications }: SendInput): readonly ProgramDoubt[] {
  return programDoubts(
    subscriptions,
    publications.map(({ record }) => record),
  );
}

async function settle(
  input: SendInput,
  ledger: DeliveryLedger,
  before: DeliveryState,
): Promise<{ state: DeliveryState; crashed: ReadonlySet<string> }> {
  const settled = await settleOpen(before, input.store.journal, input.now);
  if (input.dryRun !== true) {
    for (const result of settled) {
      await input.store.writeResults(result);
      await input.store.journal?.close(result.id);
    }
  }
  const results = [...ledger.results, ...settled];
  return {
    state: settled.length === 0 ? before : deliveryState({ intents: ledger.intents, results }),
    crashed: new Set(settled.map((result) => result.id)),
  };
}

function afterCrash(skip: Skip): UnknownDelivery[] {
  if (skip.reason !== "unknown-not-resent") return [];
  const publications = skip.publication === null ? [] : [skip.publication];
  return [{ subscription: skip.subscription, publications, code: "crash" }];
}
