import type { Area, CoverageLevel, FieldChange, ListId } from "../domain/index.ts";
import type { KeySpace } from "./keys/match-keys.ts";

/** What a screening team has to run, and no more. Names no customer: it only says what OFAC changed. */
export interface RescreenPack {
  readonly list: ListId;
  /** New or changed match keys, weak ones flagged. */
  readonly keys: readonly RescreenKey[];
  /** Keys that a party lost. */
  readonly removed: readonly RemovedKey[];
  /** Facts that tell namesakes apart: hits that were cleared by them are to be looked at again. */
  readonly discriminators: readonly RescreenDiscriminator[];
  /** Keys that came into sight or went out of it at a cut: neither new nor removed for certain. */
  readonly unknown: readonly UnknownKey[];
  /** What the source could not show. */
  readonly notCovered: readonly NotCovered[];
}

/** A key with the party that has or had it. */
export interface KeyOf {
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  readonly space: KeySpace;
  readonly label: string;
  readonly raw: string;
  readonly normalised: string;
  readonly weak: boolean;
}

export interface RescreenKey extends KeyOf {
  /** The rule that made it worth a run. */
  readonly why: string;
  /** What stood in its place before. */
  readonly was?: string;
  /** Other records that hold or held the key: of a redesignated party, or one that was on the other list. */
  readonly knownFrom?: readonly number[];
}

export interface RemovedKey extends KeyOf {
  readonly why: string;
  /** Everybody on the lists at hand who still has it; only when empty nobody has it any more. */
  readonly stillListedUnder: readonly number[];
}

export interface UnknownKey extends KeyOf {
  readonly sight: "appeared" | "disappeared";
  readonly detail: string;
}

export interface RescreenDiscriminator {
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  readonly area: Area;
  readonly action: FieldChange["action"];
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly why: string;
}

export interface NotCovered {
  readonly area: Area | "other-list";
  readonly level: CoverageLevel;
  readonly note: string;
}
