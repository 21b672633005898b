import { compareText, type JudgedEvent } from "../../domain/index.ts";
import type { EventFacts } from "./facts.ts";
import { fieldEvents } from "./fields.ts";
import { partyEvents } from "./parties.ts";
import { programEnds } from "./program-ends.ts";

export type { EventFacts } from "./facts.ts";

/** The order in which a reader wants them: who came, who went, what else. */
const KIND_ORDER: readonly string[] = [
  "program-ended",
  "listing",
  "re-listing",
  "list-transfer",
  "list-gained",
  "redesignation",
  "duplicate-clean-up",
  "list-removal",
  "list-lost",
  "delisting",
];

/**
 * What the change set means. Each event is made by one rule of the table and names its parties, how certain it
 * is and why. A delisting that is part of a program's end is told there and not again.
 */
export function eventsOf(facts: EventFacts): JudgedEvent[] {
  const ends = programEnds(facts);
  const told = new Set(ends.flatMap((event) => event.parts ?? []).flatMap(folded));
  const events = [...ends, ...partyEvents(facts, told), ...fieldEvents(facts), ...massEditEvents(facts)];
  const rank = (kind: string) => {
    const at = KIND_ORDER.indexOf(kind);
    return at < 0 ? (kind === "mass-edit" ? KIND_ORDER.length + 1 : KIND_ORDER.length) : at;
  };
  return events.sort(
    (a, b) =>
      rank(a.kind) - rank(b.kind) ||
      compareText(a.kind, b.kind) ||
      (a.uids[0] ?? 0) - (b.uids[0] ?? 0) ||
      compareText(a.statement ?? "", b.statement ?? ""),
  );
}

function folded(part: { readonly kind: string; readonly uids: readonly number[] }): readonly number[] {
  return part.kind === "delisting" ? part.uids : [];
}

function massEditEvents({ groups, rules }: EventFacts): JudgedEvent[] {
  if (!rules.some((rule) => rule.id === "mass-edit")) return [];
  return groups.map((group) => ({
    kind: "mass-edit",
    uids: group.uids,
    rule: "mass-edit",
    certainty: "certain",
    evidence: [`the identical edit in the area ${group.area} on ${group.count} parties`],
    statement: `The same edit (${group.area}, ${group.action}) on ${group.count} parties`,
  }));
}
