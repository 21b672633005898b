import type { ContextEntry, Observation, StoredRecord } from "../domain/index.ts";
import type { SiteFacts } from "./input.ts";

/** What one mail is made from: one release, or several publications, as one subscription wants them. */
export interface DigestInput {
  /** At least one. Order does not matter. */
  readonly publications: readonly DigestPublication[];
  readonly context: readonly ContextEntry[];
  readonly observations: readonly Observation[];
  readonly site: SiteFacts;
  readonly subscription: DigestSubscription;
}

export interface DigestPublication extends StoredRecord {
  /** Parties that the subscription's filters let through; left out when all do. */
  readonly uids?: readonly number[];
}

/** What a mail says of the subscription; never the address. */
export interface DigestSubscription {
  readonly id: string;
  /** Why this reader gets it, what a filter let through because the source cannot tell: sentences. */
  readonly notes: readonly string[];
  /** Where to stop or change it; null when nobody runs such a page. */
  readonly manageUrl: string | null;
}

/** A rendered mail, without addresses or headers. */
export interface Digest {
  /** One line of text, the headline. */
  readonly subject: string;
  /** What a mail program shows beside the subject. */
  readonly preheader: string;
  readonly text: string;
  /** Below 100 kB, styles inlined. */
  readonly html: string;
}
