import type { ContextEntry, Instant, ListId, Observation, StoredRecord } from "../domain/index.ts";
import type { SiteFacts } from "./input.ts";
import type { Language } from "./language.ts";

/** What one mail is made from: one release, or several publications, as one subscription wants them. */
export interface DigestInput {
  /** At least one. Order does not matter. */
  readonly publications: readonly DigestPublication[];
  readonly context: readonly ContextEntry[];
  readonly observations: readonly Observation[];
  /**
   * Ids of notices without a list change that this mail tells. Left out, those of the publications' own days are
   * told with them.
   */
  readonly notices?: readonly string[];
  /** How our looking stands; left out where nobody asks, as for an example. */
  readonly freshness?: Freshness;
  readonly site: SiteFacts;
  /** English unless told. */
  readonly language?: Language;
  /** `reply`: only what came in after the digest was sent. */
  readonly kind?: "digest" | "reply";
  /** Names of files that travel with it. */
  readonly attached?: readonly string[];
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

/** How our looking at the sources stands when a mail is written. */
export interface Freshness {
  /** When every list was last looked at with success; null when one never was. */
  readonly lookedAt: Instant | null;
  /** `sdn`: `current`, `notices`: `blocked`, … */
  readonly sources: readonly { readonly source: string; readonly state: string }[];
  /** Removals that wait for confirmation. */
  readonly held: readonly { readonly list: ListId; readonly parties: number }[];
}

/** What a mail says of the subscription; never the address. */
export interface DigestSubscription {
  readonly id: string;
  /** Filters by name, with what they let through. */
  readonly filters: readonly { readonly filter: string; readonly values: readonly string[] }[];
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
  /** Both parts together below 100 kB as they travel, styles inlined. */
  readonly html: string;
}
