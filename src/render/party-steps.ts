import type { Area, Party } from "../domain/index.ts";
import { type FieldView, fieldView, type UnknownView, unknownViews } from "./change-view.ts";
import { partyEvents } from "./event-view.ts";
import { publicationPath } from "./page.ts";
import type { Touch } from "./party-history.ts";
import { type FactView, partyAnchor, partyFacts, programCodes } from "./party-view.ts";
import type { Bench } from "./plan.ts";
import { capital, listWords, OP_WORDS } from "./words.ts";
import { dateWords } from "./words-date.ts";

/** One step of a party's history. */
export interface StepView {
  /** Where the party as it stood after that record can be linked; public, so it never changes. */
  readonly anchor: string;
  /** `As of 23 May 2023`; of a party that left, how it stood until then. */
  readonly asOfWords: string;
  /** The whole party as of then: name, programs, and every fact. Empty where it is not at hand. */
  readonly asOf: readonly FactView[];
  readonly day: string;
  readonly isoDate: string | null;
  readonly headline: string;
  readonly path: string;
  readonly list: string;
  readonly segment: string | null;
  readonly op: string;
  readonly words: string;
  readonly statement: string | null;
  readonly fields: readonly FieldView[];
  readonly unknown: UnknownView["items"];
}

/** What one record did to a party, and how the party stood then. */
export function stepView({ stored, change, unknown }: Touch, { input }: Bench): StepView {
  const { record } = stored;
  const uid = change?.uid ?? unknown[0]?.uid ?? 0;
  const anchors = new Set<string>();
  const left = change?.op === "remove";
  const then = left
    ? change.before
    : change?.op === "add"
      ? change.after
      : (input.partyThen?.(record, uid) ?? null);
  const day = dateWords(record.date);
  return {
    anchor: `as-of-${record.id}`,
    asOfWords: left ? `The whole entry until ${day}` : `The whole entry as of ${day}`,
    asOf: then === null ? [] : wholeEntry(then),
    day,
    isoDate: record.date,
    headline: record.headline,
    path: `${publicationPath(record.id)}${change === null ? `#unknown-${uid}` : `#${partyAnchor(uid)}`}`,
    list: listWords(record),
    segment: record.origin === "live" ? null : record.segment,
    op: change?.op ?? "unknown",
    words: change === null ? "Seen differently" : OP_WORDS[change.op].verb,
    statement: partyEvents(record).get(uid)?.statement ?? null,
    fields: change?.op === "modify" ? change.fields.map((field) => fieldView(uid, field, anchors)) : [],
    unknown: unknownViews(unknown).flatMap(({ items }) => items),
  };
}

/** What the page's heading says of the party now may have been otherwise then, so it stands among the facts. */
function wholeEntry(party: Party): FactView[] {
  const fact = (area: Area, label: string, values: readonly string[]): FactView[] =>
    values.length === 0 ? [] : [{ area, label, values, exact: false }];
  return [
    ...fact("name", "Name", [party.name.full]),
    ...fact("type", "Type", [capital(party.type)]),
    ...fact("program", "Programs", programCodes(party)),
    ...partyFacts(party),
  ];
}
