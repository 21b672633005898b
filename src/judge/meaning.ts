import {
  type Area,
  type ChangeSet,
  countList,
  type JudgedEvent,
  type Judgement,
  type MassEdit,
} from "../domain/index.ts";

const RENAMED = "program-renamed";

/** Events that the counts of a headline cannot show, in the order of the line; one and many. */
const TOLD: readonly (readonly [kind: string, one: string, many: string])[] = [
  ["program-ended", "1 program ended", "{n} programs ended"],
  ["redesignation", "1 redesignation", "{n} redesignations"],
  ["duplicate-clean-up", "1 duplicate cleaned up", "{n} duplicates cleaned up"],
  ["list-transfer", "1 added from another list", "{n} added from another list"],
  ["list-removal", "1 removed here, still on another list", "{n} removed here, still on another list"],
  ["re-listing", "1 listed again", "{n} listed again"],
  ["became-blocked", "1 became blocked", "{n} became blocked"],
  ["ceased-to-be-blocked", "1 ceased to be blocked", "{n} ceased to be blocked"],
  ["fto-gained", "1 designated an FTO", "{n} designated FTOs"],
  ["fto-lost", "1 no longer an FTO", "{n} no longer FTOs"],
  ["restriction-gained", "1 restriction gained", "{n} gained a restriction"],
  ["restriction-lost", "1 restriction lost", "{n} lost a restriction"],
  ["restriction-changed", "1 restriction changed", "{n} with a restriction changed"],
  ["list-gained", "1 added to a further list", "{n} added to a further list"],
  ["list-lost", "1 off one of its lists", "{n} off one of their lists"],
  ["rename", "1 renamed", "{n} renamed"],
  ["primary-alias-swap", "1 swap of name and alias", "{n} swaps of name and alias"],
  [RENAMED, "1 program tag renamed", "{n} program tags renamed"],
];

/** Events of these kinds hold all their parties in one: the parties are counted, not the events. */
const BY_PARTY: ReadonlySet<string> = new Set([
  "became-blocked",
  "ceased-to-be-blocked",
  "fto-gained",
  "fto-lost",
  "restriction-gained",
  "restriction-lost",
  "restriction-changed",
  "list-gained",
  "list-lost",
]);

/** One line stays one line. */
const GROUPS_SHOWN = 3;

/**
 * The second line, below the headline: what the counts mean. Empty when the counts say it all (listings,
 * delistings, changes of no further meaning).
 */
export function meaningLine(
  judgement: Pick<Judgement, "events" | "groups">,
  set: Pick<ChangeSet, "unknown">,
): string {
  const told = TOLD.flatMap(([kind, one, many]) => phrases(kind, one, many, judgement.events));
  const cut = new Set(set.unknown.map((entry) => entry.uid)).size;
  const unknown = cut === 0 ? [] : [`${cut} ${cut === 1 ? "party" : "parties"} in part unknown`];
  // A renamed tag is told once, not again as a program that came and one that went.
  const groups = judgement.groups.filter(({ rule }) => rule !== RENAMED);
  const shown = groups.slice(0, GROUPS_SHOWN).map(groupPhrase);
  const more = groups.length - shown.length;
  const rest = more > 0 ? [`${more} more identical ${more === 1 ? "edit" : "edits"} on many parties`] : [];
  return [...told, ...shown, ...rest, ...unknown].join("; ");
}

function phrases(kind: string, one: string, many: string, events: readonly JudgedEvent[]): string[] {
  return (["certain", "likely"] as const).flatMap((certainty) => {
    const own = events.filter((event) => event.kind === kind && event.certainty === certainty);
    const count = BY_PARTY.has(kind) ? new Set(own.flatMap((event) => event.uids)).size : own.length;
    if (count === 0) return [];
    const words =
      (count === 1 ? one : many.replace("{n}", String(count))) + (kind === RENAMED ? on(own) : "");
    return [certainty === "likely" ? words.replace(/^\d+/, "$& likely") : words];
  });
}

/** How many parties have a renamed tag. */
function on(events: readonly JudgedEvent[]): string {
  const parties = new Set(events.flatMap(({ uids }) => uids)).size;
  return ` on ${parties} ${parties === 1 ? "party" : "parties"}`;
}

const EDITED: Readonly<Record<MassEdit["action"], string>> = {
  add: "added",
  remove: "removed",
  change: "changed",
};

/** Areas whose name is no noun for one thing of it. */
const NOUNS: { readonly [A in Area]?: string } = {
  remarks: "remark",
  list: "list membership",
  "sanctions-type": "type of sanction",
  blocking: "blocking status",
  "secondary-sanctions": "secondary-sanctions text",
  "legal-authority": "legal authority",
  "birth-date": "date of birth",
  "birth-place": "place of birth",
  contact: "contact detail",
  vessel: "vessel detail",
  aircraft: "aircraft detail",
};

function groupPhrase(group: MassEdit): string {
  const notation = group.rule?.startsWith("us-owned-institutions") === true;
  const noun = notation ? "31 CFR 510.214 notation" : (NOUNS[group.area] ?? group.area);
  return `${countList(group.counts)}: one ${noun} ${EDITED[group.action]}`;
}
