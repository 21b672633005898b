import {
  countList,
  countTypes,
  type DeltaComparison,
  type NoticeItem,
  type PressComparison,
  type ReconciledParty,
  type Reconciliation,
} from "../domain/index.ts";

const NAMED = 5;

/** The whole story in plain sentences; OFAC's and Treasury's words stay theirs, in quotation. */
export function sentences(facts: Omit<Reconciliation, "sentences" | "formatVersion">): string[] {
  return [
    ...noticeSentences(facts),
    ...unannounced(facts.parties, facts.notices.length > 0),
    ...facts.press.map(pressSentence),
    ...itemSentences(facts.items),
    deltaSentence(facts.delta),
    ...timeSentences(facts.times),
  ];
}

function noticeSentences({ notices, parties }: Pick<Reconciliation, "notices" | "parties">): string[] {
  if (notices.length === 0) return ["No notice of this publication is at hand."];
  const who = notices.length === 1 ? "The notice names" : `The ${notices.length} notices name`;
  const announced = parties.filter((party) => party.status !== "listed, not announced");
  if (announced.length === 0) return [`${who} no party of this list.`];
  const lines = announced.reduce((sum, party) => sum + party.lines, 0);
  const repeated =
    lines === announced.length
      ? []
      : [
          `${lines} lines name ${announced.length} ${noun(announced.length)}: some stand once for every alias or list.`,
        ];
  const wrong = announced.filter((party) => party.status !== "announced and listed");
  const start = `${who} ${announced.length} ${noun(announced.length)}; `;
  if (wrong.length === 0) return [`${start}${allAgree(announced)}`, ...repeated];
  return [
    `${start}${announced.length - wrong.length} agree with the list, ${wrong.length} ${wrong.length === 1 ? "does" : "do"} not.`,
    ...wrong.map(wrongSentence),
    ...repeated,
  ];
}

function allAgree(parties: readonly ReconciledParty[]): string {
  const all = parties.length === 1 ? "it" : parties.length === 2 ? "both" : `all ${parties.length}`;
  const be = parties.length === 1 ? "is" : "are";
  if (parties.every((party) => party.operation === "add")) return `${all} ${be} on the list.`;
  if (parties.every((party) => party.operation === "delete"))
    return `${all} ${parties.length === 1 ? "has" : "have"} left the list.`;
  if (parties.every((party) => party.operation === "change"))
    return `${all} ${be} on the list as the notice says.`;
  return `the list did what it says: ${operations(parties)}.`;
}

function operations(parties: readonly ReconciledParty[]): string {
  return (["add", "delete", "change", "other"] as const)
    .map((operation) => ({
      operation,
      count: parties.filter((party) => party.operation === operation).length,
    }))
    .filter(({ count }) => count > 0)
    .map(
      ({ operation, count }) =>
        `${count} ${{ add: "added", delete: "removed", change: "changed", other: "named" }[operation]}`,
    )
    .join(", ");
}

function wrongSentence(party: ReconciledParty): string {
  const who = `${party.name}${party.uid === null ? "" : ` (uid ${party.uid})`}`;
  const why = party.explanation === undefined ? "" : `: ${party.explanation}`;
  if (party.status === "announced, not listed") {
    const verb = { add: "added", delete: "removed", change: "changed", other: "named" }[party.operation];
    return `${who} is announced as ${verb}, and the list does not do so${why}.`;
  }
  const differences = party.differences.map(
    ({ area, notice, list }) => `${area}: the notice says ${quoted(notice)}, the list ${quoted(list)}`,
  );
  return `${who} differs in ${differences.join("; ")}.`;
}

function quoted(texts: readonly string[]): string {
  if (texts.length === 0) return "nothing of it";
  const shown = texts.slice(0, 3).map((text) => `"${text}"`);
  return `${shown.join(", ")}${texts.length > 3 ? ` and ${texts.length - 3} more` : ""}`;
}

function unannounced(parties: readonly ReconciledParty[], notices: boolean): string[] {
  const silent = parties.filter((party) => party.status === "listed, not announced");
  if (!notices || silent.length === 0) return [];
  const names = silent.slice(0, NAMED).map((party) => party.name);
  const more = silent.length > NAMED ? ` and ${silent.length - NAMED} more` : "";
  return [
    `The list also has ${silent.length} ${noun(silent.length)} (${operations(silent)}) that no notice names: ${names.join("; ")}${more}.`,
  ];
}

function pressSentence(press: PressComparison): string {
  const who = `The press release ${press.pressRelease}`;
  if (press.claim === null) return `${who}: ${press.reason ?? "cannot be compared"}.`;
  return press.verdict === "agrees"
    ? `The press release says ${press.claim}: agrees.`
    : `The press release says ${press.claim}: differs, ${press.reason ?? `the list has ${countList(press.found)}`}.`;
}

function itemSentences(items: readonly NoticeItem[]): string[] {
  return items
    .filter((item) => item.kind === "general-licence")
    .map((item) => {
      const number = item.numbers.length === 0 ? "" : ` ${item.numbers.join(", ")}`;
      const topic = item.topic === undefined ? "" : `${item.topic} `;
      const expires = item.expires === undefined ? "" : ` (${item.expires})`;
      return `The notice also issues ${topic}General License${number}${expires}.`;
    });
}

function deltaSentence(delta: DeltaComparison): string {
  if (delta.verdict === "not cross-checked") return "Not cross-checked: OFAC's own delta is not at hand.";
  if (delta.verdict === "agrees") return "OFAC's own delta names the same parties.";
  const parts = [
    uids("added only here", delta.addedOnlyHere),
    uids("added only there", delta.addedOnlyThere),
    uids("removed only here", delta.removedOnlyHere),
    uids("removed only there", delta.removedOnlyThere),
    uids("changed only here", delta.modifiedOnlyHere),
    uids("changed only there", delta.modifiedOnlyThere),
    uids(
      "changed in other areas",
      delta.areasDiffer.map((one) => one.uid),
    ),
  ].filter((part) => part !== "");
  return `OFAC's own delta differs: ${parts.join("; ")}.`;
}

function uids(words: string, list: readonly number[]): string {
  if (list.length === 0) return "";
  const more = list.length > NAMED ? ` and ${list.length - NAMED} more` : "";
  return `${words} uid ${list.slice(0, NAMED).join(", ")}${more}`;
}

function timeSentences(times: Reconciliation["times"]): string[] {
  const dated = times.notices.map((notice) => `notice ${notice.id} is dated ${notice.date}`);
  const { date, after, notLaterThan } = times.list;
  const list = [
    date === null ? "" : `the list's change is dated ${date}`,
    after === null ? "" : `it happened after ${after}`,
    notLaterThan === null ? "" : `not later than ${notLaterThan}`,
  ].filter((part) => part !== "");
  const seen = times.firstSeen === null ? [] : [`we first saw it at ${times.firstSeen}`];
  const parts = [...dated, ...list, ...seen];
  if (parts.length === 0) return [];
  const text = parts.join(", ");
  return [`${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`];
}

function noun(count: number): string {
  return count === 1 ? "party" : "parties";
}

/** Parties by type, for the counts of a reconciliation. */
export function typesOf(parties: readonly { type: string }[]): Readonly<Record<string, number>> {
  return countTypes(parties.map((party) => party.type));
}
