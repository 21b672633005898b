import { areaValues } from "../../../diff/index.ts";
import {
  AREAS,
  type AreaValue,
  canonicalJson,
  compareText,
  type Effect,
  type FieldChange,
  type JudgedChange,
  type LedgerRecord,
  type PartyChange,
} from "../../../domain/index.ts";

/** One fact that one publication changed, flat: what databases and data frames read. */
export interface FlatChange {
  readonly record: string;
  readonly list: string;
  readonly segment: string;
  readonly kind: string;
  readonly date: string | null;
  readonly sequence: number;
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  /** What happened to the party; `unknown`: a difference that the source cannot prove. */
  readonly op: PartyChange["op"] | "unknown";
  readonly area: string;
  readonly action: FieldChange["action"];
  /** Of a modified party. */
  readonly key: string | null;
  readonly before: AreaValue | null;
  readonly after: AreaValue | null;
  /** Of an unknown difference. */
  readonly reason: string | null;
  readonly legalEffect: Effect | null;
  readonly screeningEffect: Effect | null;
  readonly rule: string | null;
}

/** Every column in order, and what it holds. `json`: a whole child or a text, exact. */
export const FLAT_COLUMNS = [
  ["record", "text"],
  ["list", "text"],
  ["segment", "text"],
  ["kind", "text"],
  ["date", "text"],
  ["sequence", "integer"],
  ["uid", "integer"],
  ["type", "text"],
  ["name", "text"],
  ["op", "text"],
  ["area", "text"],
  ["action", "text"],
  ["key", "text"],
  ["before", "json"],
  ["after", "json"],
  ["reason", "text"],
  ["legalEffect", "text"],
  ["screeningEffect", "text"],
  ["rule", "text"],
] as const satisfies readonly (readonly [keyof FlatChange, "text" | "integer" | "json"])[];

/**
 * A record's changes as rows: one per fact of an added or removed party, per changed child of a modified one, per
 * unknown difference. Effects are those of the field where the judge gave one, else of the party's change.
 */
export function flatChanges(record: LedgerRecord): FlatChange[] {
  const judged = new Map(record.judgement.changes.map((change) => [change.uid, change]));
  const base = {
    record: record.id,
    list: record.list,
    segment: record.segment,
    kind: record.kind,
    date: record.date,
    sequence: record.sequence,
  };
  return [
    ...record.changes.flatMap((change) =>
      factsOf(change, judged.get(change.uid)).map((facts) => ({
        ...base,
        uid: change.uid,
        type: change.type,
        name: change.name,
        op: change.op,
        ...facts,
      })),
    ),
    ...record.unknown.map((entry) => ({
      ...base,
      uid: entry.uid,
      type: entry.type,
      name: entry.name,
      op: "unknown" as const,
      ...fieldFacts(entry),
      reason: entry.reason,
      ...NOT_JUDGED,
    })),
  ];
}

const NOT_JUDGED = { legalEffect: null, screeningEffect: null, rule: null } as const;

type Facts = Pick<
  FlatChange,
  "area" | "action" | "key" | "before" | "after" | "reason" | "legalEffect" | "screeningEffect" | "rule"
>;

function factsOf(change: PartyChange, judged: JudgedChange | undefined): Facts[] {
  if (change.op === "modify") {
    const fields = new Map(judged?.fields?.map((field) => [field.key, field]));
    return change.fields.map((field) => ({
      ...fieldFacts(field),
      reason: null,
      ...effects(fields.get(field.key) ?? judged),
    }));
  }
  const party = change.op === "add" ? change.after : change.before;
  return AREAS.flatMap((shape) =>
    areaValues(party, shape).map((value) => ({
      area: shape.area,
      action: change.op,
      key: null,
      before: change.op === "remove" ? value : null,
      after: change.op === "add" ? value : null,
      reason: null,
      ...effects(judged),
    })),
  );
}

function fieldFacts({ area, action, key, before, after }: FieldChange) {
  return { area, action, key, before: before ?? null, after: after ?? null };
}

function effects(judged: Pick<JudgedChange, "legalEffect" | "screeningEffect" | "rule"> | undefined) {
  if (judged === undefined) return NOT_JUDGED;
  const { legalEffect, screeningEffect, rule } = judged;
  return { legalEffect, screeningEffect, rule };
}

/** One cell as text: JSON columns as RFC 8785, what is missing as the empty text. */
export function flatCell(change: FlatChange, name: keyof FlatChange): string | number {
  const value = change[name];
  if (value === null) return "";
  if (name === "before" || name === "after") return cellJson(value);
  return typeof value === "object" ? cellJson(value) : value;
}

const MEMBERS = FLAT_COLUMNS.map(([name]) => name).sort(compareText);

/** A row as RFC 8785: its members are known and sorted once, and its children share their text with the cells. */
export function flatLine(change: FlatChange): string {
  return `{${MEMBERS.map((name) => `"${name}":${cellJson(change[name])}`).join(",")}}`;
}

const texts = new WeakMap<object, string>();

/** A child's text is asked for once by each file that a row goes into. Children of a record are never changed. */
function cellJson(value: FlatChange[keyof FlatChange]): string {
  if (typeof value !== "object" || value === null) return canonicalJson(value);
  const text = texts.get(value) ?? canonicalJson(value);
  texts.set(value, text);
  return text;
}
