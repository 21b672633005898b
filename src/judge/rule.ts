import type { Area, Effect, FieldChange, ModifiedParty, Party } from "../domain/index.ts";

export type Action = FieldChange["action"];

/** What every rule says of itself; ids are public and never change. */
export interface RuleRow {
  readonly id: string;
  /** What it judges: a party that came or went, one field of a changed party, or it only names events. */
  readonly scope: "party" | "field" | "event";
  /** Empty for rules that do not judge fields. */
  readonly areas: readonly Area[];
  readonly actions: readonly Action[];
  readonly legalEffect: Effect;
  readonly screeningEffect: Effect;
  /** What it is about, as the beginning of a reason: `another program on a blocked party`. */
  readonly title: string;
  /** Why it has these levels. */
  readonly why: string;
  /** The law, the format's specification or the guidance it rests on. */
  readonly source: string;
  /** The rule for the opposite change, where this one does not judge it itself. */
  readonly twin?: string;
  /** Of an event: the kind it is published under, where that is not the rule's id. */
  readonly eventKind?: string;
}

/** What befell a party that came or went; `fates.ts` finds it out. */
export type FateKind =
  | "listing"
  | "list-transfer"
  | "re-listing"
  | "delisting"
  | "list-removal"
  | "redesignation"
  | "duplicate-clean-up"
  | "likely-same-party";

export interface PartyRule extends RuleRow {
  readonly scope: "party";
  readonly fate: FateKind;
}

/** One field of a changed party, with what stands around it. */
export interface FieldView {
  readonly field: FieldChange;
  /** All fields of the party in this change. */
  readonly fields: readonly FieldChange[];
  readonly change: ModifiedParty;
  /** The whole party on both sides. */
  readonly before: Party;
  readonly after: Party;
}

export interface FieldRule extends RuleRow {
  readonly scope: "field";
  /** Left out: every field of its areas and actions. */
  readonly applies?: (view: FieldView) => boolean;
}

export interface EventRule extends RuleRow {
  readonly scope: "event";
}

export type Rule = PartyRule | FieldRule | EventRule;

/** A rule for parties. */
export function partyRule(rule: Omit<PartyRule, "scope" | "areas">): PartyRule {
  return { scope: "party", areas: [], ...rule };
}

/** A rule for fields. */
export function fieldRule(rule: Omit<FieldRule, "scope">): FieldRule {
  return { scope: "field", ...rule };
}

/** A rule that names events and levels nothing. */
export function eventRule(
  rule: Omit<EventRule, "scope" | "areas" | "actions" | "legalEffect" | "screeningEffect">,
): EventRule {
  return { scope: "event", areas: [], actions: [], legalEffect: "none", screeningEffect: "none", ...rule };
}
