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
  /** Filters that let parties through because nothing could tell. */
  readonly open?: readonly OpenMatch[];
}

/** A filter that could not decide, why, and for which parties. */
export interface OpenMatch {
  readonly filter: string;
  readonly why: string;
  readonly uids: readonly number[];
}

/** What a mail says of the subscription; never the address. */
export interface DigestSubscription {
  readonly id: string;
  /** Why this reader gets it: sentences. */
  readonly notes: readonly string[];
  /** Where to stop it: `mailto:` and `https:` addresses from the configuration. */
  readonly unsubscribe: readonly string[];
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
