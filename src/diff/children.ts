import {
  AREAS,
  type Area,
  type AreaShape,
  type AreaValue,
  canonicalJson,
  childUid,
  compareText,
  type FieldChange,
  linkedName,
  sha256Hex,
  standsInRemarks,
  type UnknownChange,
} from "../domain/index.ts";

/** A child with what it is matched by. */
interface Candidate {
  readonly value: AreaValue;
  readonly text: string;
}

/**
 * What changed among the values of one area. Values are a multiset: order means nothing. Equal ones cancel;
 * of the rest, first those with OFAC's same uid (or, without one, the same label where the area has one of
 * each) are the same child changed; then those of equal content are one child re-created under another uid; then
 * links whose names differ in a dot at the end; what is left was removed or added. Depends only on what does not
 * cancel, which makes `compose` exact.
 *
 * @param cut remarks are cut on one side or both: of what stands in them a label pairs nothing, as the one that is
 * not seen may stand past the cut, beside the one that is
 */
export function compareChildren(
  shape: AreaShape,
  before: readonly AreaValue[],
  after: readonly AreaValue[],
  cut: boolean,
): FieldChange[] {
  let { left, right } = cancel(before.map(candidate), after.map(candidate));
  const changes: FieldChange[] = [];
  for (const identify of [identity(shape, cut), content, linkText]) {
    const paired = pair(left, right, identify);
    for (const [old, now] of paired.pairs) {
      changes.push(changed(shape, old.value, now.value));
    }
    left = paired.left;
    right = paired.right;
  }
  for (const { value } of left) changes.push({ ...entry(shape, "remove", value), before: value });
  for (const { value } of right) changes.push({ ...entry(shape, "add", value), after: value });
  return distinctKeys(changes.sort(byKey));
}

function candidate(value: AreaValue): Candidate {
  return { value, text: canonicalJson(value) };
}

/** Takes away what stands on both sides, as often as it stands on both. */
function cancel(before: readonly Candidate[], after: readonly Candidate[]) {
  const open = new Map<string, number>();
  for (const { text } of after) open.set(text, (open.get(text) ?? 0) + 1);
  const left = before.filter(({ text }) => !take(open, text));
  const gone = new Map<string, number>();
  for (const { text } of before) gone.set(text, (gone.get(text) ?? 0) + 1);
  const right = after.filter(({ text }) => !take(gone, text));
  return { left, right };
}

function take(counts: Map<string, number>, text: string): boolean {
  const count = counts.get(text) ?? 0;
  if (count > 0) counts.set(text, count - 1);
  return count > 0;
}

type Identify = (candidate: Candidate) => string | undefined;

function identity(shape: AreaShape, cut: boolean): Identify {
  return ({ value }) => {
    if (shape.shape === "scalar") return "scalar";
    if (typeof value === "string") return undefined;
    const uid = childUid(value);
    if (uid !== undefined) return `uid:${uid}`;
    if (shape.matchBy !== "type" || !("type" in value) || (cut && standsInRemarks(shape, value)))
      return undefined;
    return `type:${String(value.type)}`;
  };
}

const content: Identify = ({ value }) => contentText(value);

/** A link without OFAC's uid, whoever the dot at the end of its name belongs to. */
const linkText: Identify = ({ value }) =>
  typeof value === "object" && "targetName" in value && childUid(value) === undefined
    ? canonicalJson({ ...value, targetName: linkedName(String(value.targetName)) })
    : undefined;

/** Canonical content without OFAC's uid. */
function contentText(value: AreaValue): string {
  if (typeof value === "string") return canonicalJson(value);
  const { uid: _, ...rest } = value as { uid?: number };
  return canonicalJson(rest);
}

/** Pairs candidates of equal identity in canonical order; several of one identity pair one by one. */
function pair(left: readonly Candidate[], right: readonly Candidate[], identify: Identify) {
  const waiting = new Map<string, Candidate[]>();
  for (const one of sorted(right)) {
    const id = identify(one);
    if (id !== undefined) waiting.set(id, [...(waiting.get(id) ?? []), one]);
  }
  const pairs: [Candidate, Candidate][] = [];
  const lonely: Candidate[] = [];
  const used = new Set<Candidate>();
  for (const one of sorted(left)) {
    const id = identify(one);
    const partner = id === undefined ? undefined : waiting.get(id)?.shift();
    if (partner === undefined) lonely.push(one);
    else {
      pairs.push([one, partner]);
      used.add(partner);
    }
  }
  return { pairs, left: lonely, right: right.filter((one) => !used.has(one)) };
}

function sorted(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => compareText(a.text, b.text));
}

function changed(shape: AreaShape, before: AreaValue, after: AreaValue): FieldChange {
  const base = { ...entry(shape, "change", before), before, after };
  return typeof before === "object" && typeof after === "object"
    ? { ...base, paths: differingPaths(before, after) }
    : base;
}

function entry(shape: AreaShape, action: FieldChange["action"], value: AreaValue) {
  return { area: shape.area, action, key: childKey(shape, value) };
}

/** The public key of a child: OFAC's uid, else its label, else a hash of its content. */
export function childKey(shape: AreaShape, value: AreaValue): string {
  if (shape.shape === "scalar" || typeof value === "string") return shape.area;
  const uid = childUid(value);
  if (uid !== undefined) return `${shape.area}:${uid}`;
  if (shape.matchBy === "type" && "type" in value) return `${shape.area}:${String(value.type)}`;
  return `${shape.area}:~${sha256Hex(contentText(value)).slice(0, 16)}`;
}

/** Fields in the order of a record: by area, then by key. */
export function inOrder<F extends FieldChange>(fields: readonly F[]): F[] {
  return [...fields].sort((a, b) => areaRank(a.area) - areaRank(b.area) || byKey(a, b));
}

/** Unknown differences in the order of a record: by uid, then as fields. */
export function inUnknownOrder(entries: readonly UnknownChange[]): UnknownChange[] {
  return [...entries].sort((a, b) => a.uid - b.uid || areaRank(a.area) - areaRank(b.area) || byKey(a, b));
}

const RANK: ReadonlyMap<Area, number> = new Map(AREAS.map((shape, rank) => [shape.area, rank]));

function areaRank(area: Area): number {
  return RANK.get(area) ?? RANK.size;
}

function byKey(a: FieldChange, b: FieldChange): number {
  return (
    compareText(a.key, b.key) ||
    compareText(a.action, b.action) ||
    compareText(canonicalJson(a.before ?? null), canonicalJson(b.before ?? null)) ||
    compareText(canonicalJson(a.after ?? null), canonicalJson(b.after ?? null))
  );
}

/** The second change under one key becomes `key#2`, and so on. */
export function distinctKeys<F extends FieldChange>(changes: readonly F[]): F[] {
  const seen = new Map<string, number>();
  return changes.map((change) => {
    const nth = (seen.get(change.key) ?? 0) + 1;
    seen.set(change.key, nth);
    return nth === 1 ? change : { ...change, key: `${change.key}#${nth}` };
  });
}

/** Paths of members that differ; a list counts as one member. */
export function differingPaths(before: object, after: object, at: readonly string[] = []): string[][] {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return names.flatMap((name) => {
    const a: unknown = old.get(name);
    const b: unknown = now.get(name);
    if (isPlain(a) && isPlain(b)) return differingPaths(a, b, [...at, name]);
    return canonicalJson(a ?? null) === canonicalJson(b ?? null) ? [] : [[...at, name]];
  });
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
