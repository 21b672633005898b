import type { Hash, Instant } from "../domain/index.ts";
import type { DeliveryLedger } from "./deliveries.ts";
import { digestKey, type KeyRing } from "./key.ts";
import { deliveryState } from "./standings.ts";

/** When the first and the latest message that tells a publication was handed over. */
export interface MailTimes {
  readonly first: Instant;
  readonly last: Instant;
}

/**
 * The times of some publications, by id; one that nobody was told is missing. The delivery ledger holds keyed hashes
 * only, so they can be told by the one who has the keys, for subscriptions that there still are. The instants are those
 * of the batches, which begin at most minutes before their last message.
 */
export function mailTimes(
  ledger: DeliveryLedger,
  keys: KeyRing,
  subscriptions: readonly string[],
  publications: readonly { readonly id: string; readonly hash: Hash }[],
): ReadonlyMap<string, MailTimes> {
  const { standings } = deliveryState(ledger);
  const times = new Map<string, MailTimes>();
  for (const { id, hash } of publications) {
    const sent = subscriptions.flatMap((subscription) =>
      keys.flatMap((key) => {
        const standing = standings.get(digestKey(key, subscription, [hash]));
        return standing?.outcome === "sent" ? [standing.lastAt] : [];
      }),
    );
    const [first, last] = [earliest(sent), earliest(sent, -1)];
    if (first !== undefined && last !== undefined) times.set(id, { first, last });
  }
  return times;
}

function earliest(instants: readonly Instant[], sign = 1): Instant | undefined {
  return [...instants].sort((a, b) => sign * (Date.parse(a) - Date.parse(b)))[0];
}
