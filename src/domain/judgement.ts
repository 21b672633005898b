import type { Area } from "./area.ts";
import type { Hash } from "./canonical.ts";
import type { AreaValue, PartyChange } from "./change.ts";
import type { Effect } from "./effect.ts";

/** How much a publication matters and why; beside the facts, never in their place. */
export interface Judgement {
  /** Maxima over the changes. */
  readonly materiality: Effect;
  readonly legalEffect: Effect;
  readonly screeningEffect: Effect;
  /** One per changed party, in the order of the change set. */
  readonly changes: readonly JudgedChange[];
  readonly events: readonly JudgedEvent[];
  readonly groups: readonly MassEdit[];
  /** What the counts of the headline mean, in one short line; left out when they say it all. */
  readonly meaning?: string;
  /** Program tags among the changes that no table of ours knows; left out when there is none. */
  readonly unknownPrograms?: readonly string[];
}

export interface JudgedChange {
  readonly uid: number;
  readonly op: PartyChange["op"];
  readonly legalEffect: Effect;
  readonly screeningEffect: Effect;
  /** The rule that gave the higher of the two. */
  readonly rule: string;
  readonly reason: string;
  /** Per field of a modified party, in the order of its `fields`. */
  readonly fields?: readonly JudgedField[];
}

export interface JudgedField {
  readonly key: string;
  readonly legalEffect: Effect;
  readonly screeningEffect: Effect;
  readonly rule: string;
  /** Index into `groups`, when the edit is part of a mass edit. What has none is to be told by name. */
  readonly group?: number;
}

/** Every kind of event that is judged. A new one is added here, or nobody can ask for it. */
export const EVENT_KINDS: readonly string[] = [
  "listing",
  "re-listing",
  "list-transfer",
  "list-removal",
  "list-gained",
  "list-lost",
  "delisting",
  "redesignation",
  "duplicate-clean-up",
  "program-ended",
  "program-renamed",
  "rename",
  "primary-alias-swap",
  "became-blocked",
  "ceased-to-be-blocked",
  "restriction-gained",
  "restriction-lost",
  "restriction-changed",
  "fto-gained",
  "fto-lost",
  "mass-edit",
];

export interface JudgedEvent {
  /** One of `EVENT_KINDS`; a newer version of the judge may have more. */
  readonly kind: string;
  /** `designated`, `identified`, `determined`, … where the source gives one. */
  readonly legalVerb?: string;
  readonly uids: readonly number[];
  readonly rule: string;
  readonly certainty: "certain" | "likely";
  readonly evidence: readonly string[];
  /** The event in one sentence that is legally right. */
  readonly statement?: string;
  /** What one event is made of, e.g. the delistings and moves of an ended program. */
  readonly parts?: readonly EventPart[];
  /** Lists the party is still on, as OFAC names them. */
  readonly remainsOn?: readonly string[];
}

/** Some of an event's parties, and what befell them. */
export interface EventPart {
  readonly kind: string;
  readonly uids: readonly number[];
}

/** The identical edit on ten or more parties. */
export interface MassEdit {
  readonly area: Area;
  readonly action: "add" | "remove" | "change";
  readonly before: AreaValue | null;
  readonly after: AreaValue | null;
  readonly count: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly uids: readonly number[];
  /** Of these, the parties on which the edit is seen but not proven: the source was cut before. */
  readonly unproven?: readonly number[];
  /** How every one of these edits is judged. */
  readonly legalEffect?: Effect;
  readonly screeningEffect?: Effect;
  readonly rule?: string;
}

/** Which rules judged: version of the table, and hash of the levels in force. */
export interface JudgeId {
  readonly version: number;
  readonly config: Hash;
}
