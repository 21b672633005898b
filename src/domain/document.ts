import type { Hash } from "./canonical.ts";
import type { Instant } from "./date.ts";
import type { Provenance } from "./record.ts";

/** Bytes with what is known about where they come from. */
export interface Document {
  /** File name, without folders or query. */
  readonly name: string;
  /** As received: possibly zipped or gzipped. */
  readonly bytes: Uint8Array;
  readonly sha256: Hash;
  readonly provenance: Provenance;
  readonly receipt?: Receipt;
}

/** What one fetch saw. Kept beside a record as an observation, never in it. No query strings. */
export interface Receipt {
  /** What was asked for, without query. */
  readonly url: string;
  /** Host that finally answered. */
  readonly finalHost: string;
  readonly status: number;
  readonly bytes: number;
  readonly sha256: Hash;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** OFAC's own headers: publication id, preview date, delta name. */
  readonly publicationId: string | null;
  readonly previewDate: string | null;
  readonly deltaName: string | null;
  /** When the answer was complete. */
  readonly at: Instant;
}
