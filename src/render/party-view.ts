import {
  AREAS,
  type Area,
  type AreaValue,
  type Effect,
  type Judgement,
  type Party,
} from "../domain/index.ts";
import type { PartyEventView } from "./event-view.ts";
import { ENGLISH, type Language } from "./language.ts";
import type { WhyView } from "./why-view.ts";
import { AREA_WORDS, capital } from "./words.ts";
import { describeChild } from "./words-child.ts";

/** Facts of one kind: `Passport` with all its numbers. */
export interface FactView {
  readonly label: string;
  readonly values: readonly string[];
  readonly exact: boolean;
  readonly area: Area;
}

export interface PartyView {
  readonly uid: number;
  readonly type: string;
  readonly typeWords: string;
  readonly name: string;
  readonly anchor: string;
  /** `DPRK2`, `IFSR, SDGT`; empty when the party has none. */
  readonly programs: string;
  readonly facts: readonly FactView[];
  readonly judged: JudgedView | null;
  /** What befell it, in the judge's words. */
  readonly event: PartyEventView;
  /** Why, in the words of those who did it; null where they are not at hand. */
  readonly why: WhyView | null;
}

export interface JudgedView {
  readonly legal: Effect;
  readonly screening: Effect;
  readonly rule: string;
  readonly reason: string;
}

/** Match keys first, then what sanctions apply, then the rest: the order in which a screener needs them. */
const READING_ORDER: readonly Area[] = [
  "alias",
  "title",
  "birth-date",
  "birth-place",
  "nationality",
  "citizenship",
  "gender",
  "document",
  "wallet",
  "contact",
  "vessel",
  "aircraft",
  "address",
  "feature",
  "relationship",
  "program",
  "list",
  "sanctions-type",
  "blocking",
  "restriction",
  "secondary-sanctions",
  "legal-authority",
  "remarks",
];

/** What the heading of a party says already. */
const IN_HEADING: readonly Area[] = ["type", "name", "program"];

/** Every fact of a party under its label, nothing left out; the primary name's other scripts come first. */
export function partyFacts(party: Party, language: Language = ENGLISH): FactView[] {
  const facts = new Map<string, FactView & { readonly values: string[] }>();
  const put = (area: Area, child: AreaValue) => {
    const words = describeChild(area, child, language);
    const fact = facts.get(words.label) ?? { label: words.label, values: [], exact: words.exact, area };
    fact.values.push(words.text);
    facts.set(words.label, fact);
  };
  if (describeChild("name", party.name, language).text !== party.name.full) put("name", party.name);
  for (const area of READING_ORDER) {
    if (IN_HEADING.includes(area)) continue;
    if (area === "blocking" && party.blocking === "unknown") continue;
    for (const child of childrenOf(party, area)) put(area, child);
  }
  return [...facts.values()];
}

function childrenOf(party: Party, area: Area): readonly AreaValue[] {
  const shape = AREAS.find((candidate) => candidate.area === area);
  const value = shape === undefined ? undefined : party[shape.property];
  if (value === undefined) return [];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value : [];
}

/** The programs of a party as one text. */
export function programCodes(party: Party): readonly string[] {
  return (party.programs ?? []).map((program) => program.code);
}

/** A party that was added or removed, with all its facts. */
export function partyView(
  party: Party,
  judged: JudgedView | null,
  event: PartyEventView = NO_EVENT,
): PartyView {
  let facts: FactView[] | undefined;
  return {
    uid: party.uid,
    type: party.type,
    typeWords: capital(party.type),
    name: party.name.full,
    anchor: partyAnchor(party.uid),
    programs: programCodes(party).join(", "),
    /** Worked out when a page first asks: feeds, cards and overviews name parties without their facts. */
    get facts() {
      facts ??= partyFacts(party);
      return facts;
    },
    judged,
    event,
    why: null,
  };
}

const NO_EVENT: PartyEventView = { statement: null, likely: false, remainsOn: null };

/** The permalink of a party inside a publication's page; public, so never changed. */
export function partyAnchor(uid: number): string {
  return `party-${uid}`;
}

/** What the judge said of each uid; a party counts once per operation. */
export function judgedByUid(judgement: Judgement): ReadonlyMap<string, JudgedView> {
  return new Map(
    judgement.changes.map((change) => [
      `${change.op} ${change.uid}`,
      {
        legal: change.legalEffect,
        screening: change.screeningEffect,
        rule: change.rule,
        reason: change.reason,
      },
    ]),
  );
}

/** `Passport: A; B` for one line. */
export function factLine(fact: FactView): string {
  return `${fact.label}: ${fact.values.join("; ")}`;
}

/** Names of areas for a sentence, in lower case. */
export function areaList(areas: readonly Area[]): string[] {
  return areas.map((area) => AREA_WORDS[area].many.toLowerCase());
}
