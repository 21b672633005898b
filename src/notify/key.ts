import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { compareText, type Hash, UsageError } from "../domain/index.ts";

/** A secret under which deliveries are recorded, so that the ledger holds neither addresses nor who reads what. */
export interface DeliveryKey {
  /** 16 hex digits, derived from the secret: a changed secret cannot keep an old key's id by mistake. */
  readonly id: string;
  readonly secret: string;
}

/** Current key first, then the ones it replaced: what was sent under an old key is not sent again. */
export type KeyRing = readonly [DeliveryKey, ...DeliveryKey[]];

const MINIMUM_SECRET = 32;

/**
 * The key ring of some secrets, current one first.
 * @throws UsageError `delivery-key` when there is none, one is short, or one is given twice
 */
export function keyRing(secrets: readonly string[]): KeyRing {
  const [current, ...older] = secrets.map(deliveryKey);
  if (current === undefined) {
    throw new UsageError(
      "delivery-key",
      "expected at least one delivery secret, found none: give a random text of 32 characters or more",
    );
  }
  const ring: KeyRing = [current, ...older];
  if (new Set(ring.map((key) => key.id)).size !== ring.length) {
    throw new UsageError("delivery-key", "a delivery secret is given twice: give each secret once");
  }
  return ring;
}

function deliveryKey(secret: string, at: number): DeliveryKey {
  if (secret.length < MINIMUM_SECRET) {
    throw new UsageError(
      "delivery-key",
      `expected a delivery secret of at least ${MINIMUM_SECRET} characters, found ${secret.length} (secret ${at + 1}): make one with "openssl rand -hex 32"`,
    );
  }
  return { id: createHmac("sha256", secret).update("key id").digest("hex").slice(0, 16), secret };
}

/**
 * What a digest is recorded under: HMAC-SHA256 of the subscription id and the sorted record hashes, cut to
 * 128 bits (RFC 2104 §5), base64url. One record alone has the key of a digest of that record.
 */
export function digestKey(
  key: DeliveryKey,
  subscription: string,
  hashes: readonly (Hash | string)[],
): string {
  return mac(key, "digest", [subscription, ...[...hashes].sort(compareText)]);
}

/** What a recipient is counted under. It changes with the address, so that a corrected one starts afresh. */
export function recipientKey(key: DeliveryKey, subscription: string, address: string): string {
  return mac(key, "recipient", [subscription, address]);
}

/** A token for an unsubscribe link: the id, and a proof that we wrote it. */
export function unsubscribeToken(key: DeliveryKey, subscription: string): string {
  return `${Buffer.from(subscription, "utf8").toString("base64url")}.${mac(key, "unsubscribe", [subscription])}`;
}

/** The subscription that a token of any of our keys names; undefined for any other text. */
export function verifyUnsubscribeToken(keys: KeyRing, token: string): string | undefined {
  const subscription = Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8");
  const given = Buffer.from(token);
  const known = keys.some((key) => {
    const expected = Buffer.from(unsubscribeToken(key, subscription));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  return known ? subscription : undefined;
}

function mac(key: DeliveryKey, purpose: string, parts: readonly string[]): string {
  // Of texts alone this is RFC 8785 already, and there may be millions.
  const text = JSON.stringify([purpose, ...parts]);
  return createHmac("sha256", prepared(key)).update(text).digest().subarray(0, 16).toString("base64url");
}

/** Made once a key: there may be millions of hashes. */
const PREPARED = new WeakMap<DeliveryKey, KeyObject>();

function prepared(key: DeliveryKey): KeyObject {
  const known = PREPARED.get(key) ?? createSecretKey(key.secret, "utf8");
  PREPARED.set(key, known);
  return known;
}
