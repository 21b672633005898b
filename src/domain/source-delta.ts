import type { Area } from "./area.ts";
import type { IsoDate } from "./date.ts";
import type { EnhancedEntity } from "./source-enhanced.ts";
import type { Note } from "./source-record.ts";

/** OFAC's own delta of one publication (ofac-formats §5). Both lists are in it. */
export interface Delta {
  /** Day of the publication in Washington. */
  readonly datePublished: IsoDate;
  /** e.g. `Standard Action`. */
  readonly publicationType: string | null;
  readonly entities: readonly DeltaRecord[];
  readonly notes: readonly Note[];
}

export type DeltaRecord = WholeDeltaRecord | ModifiedDeltaRecord;

/** Added or removed: with the whole record, the new or the former one. */
export interface WholeDeltaRecord {
  readonly op: "add" | "remove";
  readonly uid: number;
  readonly entity: EnhancedEntity;
}

/** Modified: with what changed only. Modified records do not repeat the name. */
export interface ModifiedDeltaRecord {
  readonly op: "modify";
  readonly uid: number;
  /** Lists that are named because the membership changed; most often none. */
  readonly lists: readonly string[];
  readonly changes: readonly DeltaChange[];
}

/** One changed element of a modified record. */
export interface DeltaChange {
  readonly action: "add" | "remove" | "update";
  /** Areas of a party that it may belong to: inside a name, the delta does not say whether it is the primary. */
  readonly areas: readonly Area[];
  /** From the entity down, e.g. `addresses/address/translations/translation/addressParts/addressPart`. */
  readonly path: string;
  /** The ids on the way, without the element's own: which address, name or feature it belongs to. */
  readonly owner: string;
  /** The element without ids: two with the same content are the same fact re-created. */
  readonly content: string;
  /** Of an update: the text before. */
  readonly oldValue?: string;
}
