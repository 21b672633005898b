import type { AreaValue, FieldChange, ModifiedParty, UnknownChange } from "../domain/index.ts";
import { ENGLISH, type Language } from "./language.ts";
import { markWords, type Segment } from "./marks.ts";
import { type JudgedView, partyAnchor } from "./party-view.ts";
import { capital, UNKNOWN_WORDS } from "./words.ts";
import { type ChildWords, describeChild } from "./words-child.ts";

/** One changed child, before and after. `null` where there is none. */
export interface FieldView {
  readonly anchor: string;
  /** `Passport`, `Also known as`; both when the kind itself changed. */
  readonly label: string;
  readonly action: FieldChange["action"];
  readonly actionWords: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly beforeMarked: readonly Segment[];
  readonly afterMarked: readonly Segment[];
  readonly exact: boolean;
  /** Where the words are the same and only OFAC's numbering moved. */
  readonly note: string | null;
}

export interface ModifiedView {
  readonly uid: number;
  readonly type: string;
  readonly typeWords: string;
  readonly name: string;
  readonly anchor: string;
  readonly fields: readonly FieldView[];
  readonly judged: JudgedView | null;
}

/** A party with differences the source cannot prove. */
export interface UnknownView {
  readonly uid: number;
  readonly name: string;
  readonly typeWords: string;
  /** The permalink of the party; null where another element of the page has it. */
  readonly anchor: string | null;
  readonly items: readonly { readonly field: FieldView; readonly detail: string }[];
}

/** A modified party with some of its fields (those that no mass edit tells). */
export function modifiedView(
  change: ModifiedParty,
  fields: readonly FieldChange[],
  judged: JudgedView | null,
): ModifiedView {
  const anchors = new Set<string>();
  return {
    uid: change.uid,
    type: change.type,
    typeWords: capital(change.type),
    name: change.name,
    anchor: partyAnchor(change.uid),
    fields: fields.map((field) => fieldView(change.uid, field, anchors)),
    judged,
  };
}

/**
 * Differences the source cannot prove, by party in the order given.
 * @param elsewhere who has the permalink on another element of the page
 */
export function unknownViews(
  changes: readonly UnknownChange[],
  elsewhere: ReadonlySet<number> = new Set(),
): UnknownView[] {
  const byUid = new Map<number, { change: UnknownChange; items: UnknownView["items"][number][] }>();
  const anchors = new Set<string>();
  for (const change of changes) {
    const party = byUid.get(change.uid) ?? { change, items: [] };
    const field = fieldView(change.uid, change, anchors);
    party.items.push({
      field: { ...field, actionWords: UNKNOWN_WORDS[change.action] },
      detail: change.detail,
    });
    byUid.set(change.uid, party);
  }
  return [...byUid.values()].map(({ change, items }) => ({
    uid: change.uid,
    name: change.name,
    typeWords: capital(change.type),
    anchor: elsewhere.has(change.uid) ? null : partyAnchor(change.uid),
    items,
  }));
}

/** A change of one child in words. `anchors` holds those given on this party already. */
export function fieldView(
  uid: number,
  field: FieldChange,
  anchors: Set<string>,
  language: Language = ENGLISH,
): FieldView {
  const { areas, actions } = language.words;
  const before = words(field, field.before, language);
  const after = words(field, field.after, language);
  const relabelled = before !== null && after !== null && before.label !== after.label;
  const beforeText = withLabel(before, relabelled);
  const afterText = withLabel(after, relabelled);
  let marked: ReturnType<typeof markWords> | undefined;
  const marks = () => {
    marked ??= markWords(beforeText ?? "", afterText ?? "");
    return marked;
  };
  const both = beforeText !== null && afterText !== null;
  return {
    anchor: anchorOf(uid, field.key, anchors),
    label: relabelled ? areas[field.area].one : (after ?? before)?.label || areas[field.area].one,
    action: field.action,
    actionWords: actions[field.action],
    before: beforeText,
    after: afterText,
    // Comparing words is dear, and feeds, mails and overviews show none of it.
    get beforeMarked() {
      return both ? marks().before : whole(beforeText);
    },
    get afterMarked() {
      return both ? marks().after : whole(afterText);
    },
    exact: (after ?? before)?.exact ?? false,
    note: both && beforeText === afterText ? sameWordsNote(field, language) : null,
  };
}

function words(field: FieldChange, value: AreaValue | undefined, language: Language): ChildWords | null {
  return value === undefined ? null : describeChild(field.area, value, language);
}

function withLabel(child: ChildWords | null, relabelled: boolean): string | null {
  if (child === null) return null;
  return relabelled ? `${child.label}: ${child.text}` : child.text;
}

const whole = (text: string | null): Segment[] => (text === null ? [] : [{ text, marked: false }]);

function sameWordsNote(field: FieldChange, { words: { notes }, say }: Language): string {
  const paths = (field.paths ?? []).map((path) => path.join("."));
  if (paths.length === 0 || paths.every((path) => path === "uid")) {
    return notes.renumbered;
  }
  return say(notes.restructured, { paths: paths.join(", ") });
}

/** `change-17018-address-74654`; public, so it depends on the party and the key alone. */
function anchorOf(uid: number, key: string, taken: Set<string>): string {
  const slug = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  let anchor = `change-${uid}-${slug}`;
  for (let n = 2; taken.has(anchor); n += 1) anchor = `change-${uid}-${slug}-${n}`;
  taken.add(anchor);
  return anchor;
}

/** `Address changed: “A” → “B”` and its kin, on one line of plain text. */
export function fieldLine(field: FieldView): string {
  const head = `${field.label} ${field.actionWords}`;
  if (field.note !== null) return `${head}: ${field.after ?? ""} [${field.note}]`;
  if (field.before !== null && field.after !== null) return `${head}: ${field.before} \u2192 ${field.after}`;
  return `${head}: ${field.after ?? field.before ?? ""}`;
}
