import { areaValues } from "../diff/index.ts";
import type { ChangeSet, LedgerRecord, PartyChange, UnknownChange } from "../domain/index.ts";
import { AREAS, type Party } from "../domain/index.ts";
import { describeChild, fieldLine, fieldView } from "../render/index.ts";

/** A record as lines for a terminal. */
export function recordLines(record: LedgerRecord): string[] {
  const { judgement } = record;
  return [
    record.headline,
    `${record.id} in ${record.list}/${record.segment}, ${record.kind}, sequence ${record.sequence}, profile ${record.profile}`,
    `materiality ${judgement.materiality} (legal ${judgement.legalEffect}, screening ${judgement.screeningEffect})`,
    `state ${record.state.from?.hash ?? "none"} -> ${record.state.to.hash}`,
    ...changeSetLines(record),
  ];
}

/** A change set as lines for a terminal: every party, every change. */
export function changeSetLines(set: ChangeSet): string[] {
  return [...set.changes, ...set.unknown].flatMap((change) => ["", ...changeLines(change)]);
}

const SIGN = { add: "+", remove: "-", modify: "~" } as const;

/** One party's change. */
export function changeLines(change: PartyChange | UnknownChange): string[] {
  const who = `${change.uid} ${change.name} (${change.type})`;
  if ("reason" in change) {
    return [
      `? ${who}: not shown by the source`,
      `    ${fieldLine(fieldView(change.uid, change, new Set()))}`,
      `    ${change.detail}`,
    ];
  }
  const head = `${SIGN[change.op]} ${who}`;
  switch (change.op) {
    case "add":
      return [head, ...partyLines(change.after)];
    case "remove":
      return [head, ...partyLines(change.before)];
    case "modify": {
      const anchors = new Set<string>();
      return [
        head,
        ...change.fields.map((field) => `    ${fieldLine(fieldView(change.uid, field, anchors))}`),
      ];
    }
  }
}

/** Everything a party carries, a line a fact. */
export function partyLines(party: Party): string[] {
  return AREAS.filter(({ area }) => area !== "type" && area !== "name").flatMap((shape) =>
    areaValues(party, shape).map((value) => {
      const { label, text } = describeChild(shape.area, value);
      return `    ${label}: ${text}`;
    }),
  );
}
