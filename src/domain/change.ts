import type { Area } from "./area.ts";
import type { Hash } from "./canonical.ts";
import type { Party } from "./party.ts";

/** What one publication changed. Parties ascend by uid. */
export interface ChangeSet {
  readonly changes: readonly PartyChange[];
  /** What looks different but may only have slipped past what the source shows. Replayed, never told as a change. */
  readonly unknown: readonly UnknownChange[];
}

export type PartyChange = AddedParty | RemovedParty | ModifiedParty;

export interface AddedParty {
  readonly op: "add";
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  readonly after: Party;
}

export interface RemovedParty {
  readonly op: "remove";
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  readonly before: Party;
}

export interface ModifiedParty {
  readonly op: "modify";
  readonly uid: number;
  /** Type and name after the change. */
  readonly type: string;
  readonly name: string;
  /** Of the whole party before and after, all of `fields` and all of its `unknown` applied. */
  readonly beforeHash: Hash;
  readonly afterHash: Hash;
  readonly fields: readonly FieldChange[];
}

/** A child of a set area, or the value of a scalar area. */
export type AreaValue = string | object;

/** One change of one child (or scalar). `before` is missing on `add`, `after` on `remove`. */
export interface FieldChange {
  readonly area: Area;
  readonly action: "add" | "remove" | "change";
  /**
   * `address:74654` by OFAC's uid, `document:~0f3a…` by content, `vessel:Vessel Flag` by label, `title` for a
   * scalar; `#2`, `#3` … tell equal ones apart.
   */
  readonly key: string;
  readonly before?: AreaValue;
  readonly after?: AreaValue;
  /** Members of the child that differ, as paths; derived, on `change` of an object only. */
  readonly paths?: readonly (readonly string[])[];
}

/** A difference that the source cannot prove to be a change. */
export interface UnknownChange extends FieldChange {
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  /** Of the whole party, as in `ModifiedParty`; equal to that one's where the party has both. */
  readonly beforeHash: Hash;
  readonly afterHash: Hash;
  readonly reason: "truncated" | "absent";
  /** What could not be seen, for a reader. */
  readonly detail: string;
}
