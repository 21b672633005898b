import { compareText } from "./canonical.ts";
import { compactDate, type IsoDate } from "./date.ts";
import { HEADLINE_LABEL, type ListId } from "./list.ts";
import type { ChangeCounts, RecordKind } from "./record.ts";
import type { TypeCounts } from "./state.ts";

/** What a headline is made of. */
export interface HeadlineFacts {
  readonly list: ListId;
  readonly kind: RecordKind;
  readonly date: IsoDate | null;
  readonly sequence: number;
  readonly counts: ChangeCounts;
  /** All parties after the change; named by a baseline. */
  readonly parties: number;
  readonly supersedes?: string | undefined;
}

const PLURAL: Readonly<Record<string, string>> = {
  entity: "entities",
  individual: "individuals",
  vessel: "vessels",
  aircraft: "aircraft",
};
const TYPE_ORDER: readonly string[] = Object.keys(PLURAL);

/** `4 entities`, `1 aircraft`; a type that is not known keeps OFAC's word and gets no plural of ours. */
export function countPhrase(type: string, count: number): string {
  return `${count} ${count === 1 ? type : (PLURAL[type] ?? type)}`;
}

/** Types as they stand in a headline: the four known ones, then any other by name. */
export function typesInOrder(counts: TypeCounts): string[] {
  const known = TYPE_ORDER.filter((type) => (counts[type] ?? 0) > 0);
  const others = Object.keys(counts).filter((type) => !TYPE_ORDER.includes(type) && (counts[type] ?? 0) > 0);
  return [...known, ...others.sort(compareText)];
}

/** `4 entities, 1 individual`; empty for none. */
export function countList(counts: TypeCounts): string {
  return typesInOrder(counts)
    .map((type) => countPhrase(type, counts[type] ?? 0))
    .join(", ");
}

/** `4 entities, 1 individual added; 1 vessel removed`, or `no changes`. */
export function countSentence(counts: ChangeCounts): string {
  const groups = (["added", "removed", "changed"] as const)
    .map((verb) => ({ verb, list: countList(counts[verb]) }))
    .filter((group) => group.list !== "")
    .map((group) => `${group.list} ${group.verb}`);
  return groups.length === 0 ? "no changes" : groups.join("; ");
}

/** The one-line summary of a publication (contract: Headline). */
export function headline(facts: HeadlineFacts): string {
  const date = facts.date === null ? "undated" : compactDate(facts.date);
  const second = facts.sequence > 1 ? ` (${facts.sequence})` : "";
  const label = HEADLINE_LABEL[facts.list] === "" ? "" : ` ${HEADLINE_LABEL[facts.list]}`;
  return `${date}${second}${label}: ${statement(facts)}`;
}

function statement(facts: HeadlineFacts): string {
  switch (facts.kind) {
    case "publication":
      return countSentence(facts.counts);
    case "baseline":
      return `baseline of ${facts.parties} ${facts.parties === 1 ? "party" : "parties"}`;
    case "correction":
      return `correction of ${facts.supersedes ?? "an earlier record"}: ${countSentence(facts.counts)}`;
    case "reinterpretation":
      return "reinterpretation, no change by OFAC";
  }
}
