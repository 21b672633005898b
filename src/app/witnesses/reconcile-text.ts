import type {
  DeltaComparison,
  LedgerRecord,
  NoticeItem,
  ReconciledParty,
  Reconciliation,
} from "../../domain/index.ts";

const VERDICT: Readonly<Record<Reconciliation["verdict"], string>> = {
  agrees: "all witnesses at hand agree",
  disagrees: "the witnesses disagree",
  "no other witness": "there is no other witness",
};

/** A reconciliation as lines for a terminal: verdict, sentences, then every party with what speaks of it. */
export function reconciliationLines(record: LedgerRecord, found: Reconciliation): string[] {
  return [
    record.headline,
    `${record.id} in ${record.list}/${record.segment}: ${VERDICT[found.verdict]}`,
    ...found.sentences.map((sentence) => `  ${sentence}`),
    ...section("Parties", found.parties.flatMap(partyLines)),
    ...section(
      "Notices",
      found.notices.map(({ title, url }) => `${title} <${url}>`),
    ),
    ...section(
      "Press releases",
      found.pressReleases.map(({ title, url }) => `${title} <${url}>`),
    ),
    ...section(
      "Numbers in press releases",
      found.press.map(({ pressRelease, claim, verdict, reason }) =>
        [`${pressRelease}: ${claim === null ? "none" : `"${claim}"`}, ${verdict}`, reason ?? []]
          .flat()
          .join("; "),
      ),
    ),
    ...section("Also in the notices", found.items.map(itemLine)),
    ...section("OFAC's own delta", deltaLines(found.delta)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

const SIGN = { add: "+", delete: "-", change: "~", other: "·" } as const;

function partyLines(party: ReconciledParty): string[] {
  const who = `${party.uid ?? "no uid"} ${party.name} (${party.type})`;
  const facts = [
    ...(party.matchedBy.length === 0 ? [] : [`matched by ${party.matchedBy.join(", ")}`]),
    ...(party.notices.length === 0 ? [] : [`notice ${party.notices.join(", ")}`]),
    ...(party.lines > 1 ? [`${party.lines} lines`] : []),
    ...(party.explanation === undefined ? [] : [party.explanation]),
  ];
  return [
    `${SIGN[party.operation]} ${who}: ${party.status}${facts.length === 0 ? "" : ` (${facts.join("; ")})`}`,
    ...party.differences.map(
      ({ area, notice, list }) => `    ${area}: the notice has ${texts(notice)}, the list ${texts(list)}`,
    ),
    ...party.press.map(({ pressRelease, paragraph, text, authorities }) => {
      const under = authorities.length === 0 ? "" : ` [${authorities.join(", ")}]`;
      return `    ${pressRelease}, paragraph ${paragraph + 1}${under}: "${text}"`;
    }),
  ];
}

function texts(all: readonly string[]): string {
  return all.length === 0 ? "nothing" : all.map((text) => `"${text}"`).join(", ");
}

const ITEM: Readonly<Record<NoticeItem["kind"], string>> = {
  "list-update": "list update",
  "general-licence": "General License",
  determination: "determination",
  faq: "FAQ",
  enforcement: "enforcement",
  regulation: "regulation",
  other: "other",
};

function itemLine({ kind, numbers, title, topic, expires, links }: NoticeItem): string {
  const head = [ITEM[kind], ...numbers].join(" ");
  const facts = [topic ?? [], expires ?? [], links.map(({ url }) => url)].flat();
  return `${head}: ${title}${facts.length === 0 ? "" : ` (${facts.join("; ")})`}`;
}

function deltaLines(delta: DeltaComparison): string[] {
  const of = delta.publications.length === 0 ? "" : ` (publication ${delta.publications.join(", ")})`;
  const sides = (
    [
      ["added here only", delta.addedOnlyHere],
      ["added there only", delta.addedOnlyThere],
      ["removed here only", delta.removedOnlyHere],
      ["removed there only", delta.removedOnlyThere],
      ["changed here only", delta.modifiedOnlyHere],
      ["changed there only", delta.modifiedOnlyThere],
    ] as const
  )
    .filter(([, uids]) => uids.length > 0)
    .map(([what, uids]) => `${what}: ${uids.join(", ")}`);
  const areas = delta.areasDiffer.map(
    ({ uid, here, there }) =>
      `${uid} changed in ${here.join(", ")} here, in ${there.join(", ") || "none"} there`,
  );
  return [`${delta.verdict}${of}`, ...sides, ...areas];
}
