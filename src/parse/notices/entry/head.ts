import type { Span } from "../../../domain/index.ts";
import { nameKey } from "../../../domain/index.ts";
import type { Group } from "./brackets.ts";
import type { EntryDraft } from "./draft.ts";
import { aliasClaims, groupKind, scriptClaims } from "./names.ts";
import { nameEnd } from "./split-name.ts";
import { callSignClaim, readVesselName, vesselClaims } from "./vessel-head.ts";

/**
 * Reads the head of an entry line: name, scripts, aliases, a vessel's particulars. `from`: where the line begins,
 * a list marker included. Returns the first address, if one follows.
 */
export function readHead(draft: EntryDraft, head: Span, from: number): Span | undefined {
  const { brackets, text } = draft;
  const named = brackets
    .groups(head.start, head.end)
    .find((group) => group.open > head.start && groupKind(brackets, group) !== "other");
  const first = named !== undefined && behindName(draft, named, head) ? named : undefined;
  if (first === undefined && openAliases(draft, head, from)) return undefined;
  const name = findName(draft, head, first);
  draft.claims.push({ area: "name", value: draft.slice(name), start: from, end: name.end });
  const gap = first === undefined ? 0 : (/^[\s,]+/.exec(text.slice(name.end, first.open))?.[0].length ?? 0);
  const after = readGroups(draft, name.end + gap, head.end);
  const rest = brackets.trim(after, head.end);
  if (rest.start >= rest.end) return undefined;
  if (draft.type === "vessel" && text[rest.start] !== ",") {
    const { claims, doubtful } = vesselClaims(brackets, rest.start, rest.end);
    draft.claims.push(...claims);
    if (doubtful) draft.doubt("name or vessel type", rest, "rule");
    return undefined;
  }
  const comma = /^[,.]\s*/.exec(text.slice(rest.start, rest.end))?.[0].length ?? 0;
  const address = brackets.trim(rest.start + comma, rest.end);
  return address.end > address.start ? address : undefined;
}

/**
 * Aliases and scripts stand right behind the name, not in the middle of an address: `ACME LTD, Building 5 (a.k.a.
 * Tower 5), Dubai`. A number behind an entity's first comma raises the doubt.
 */
function behindName(draft: EntryDraft, group: Group, head: Span): boolean {
  if (draft.type !== "entity") return true;
  const before = draft.slice({ start: head.start, end: group.open });
  const comma = before.indexOf(",");
  const between = comma < 0 ? "" : before.slice(comma);
  if (!/\d/.test(between)) return true;
  const known = draft.known?.has(nameKey(before.replace(/[\s,]{1,9}$/, ""))) === true;
  if (!known && /\p{Ll}/u.test(between)) return false;
  draft.doubt("name or address", { start: head.start, end: group.close + 1 }, known ? "known name" : "rule");
  return true;
}

/** `BETA, B (a.k.a. BEETA, Bee;`: aliases whose bracket the page forgot to close run up to the next item. */
function openAliases(draft: EntryDraft, head: Span, from: number): boolean {
  const open = head.start + draft.slice(head).search(/ \([a-z]\.\s?k\.\s?a\. /i) + 1;
  if (open <= head.start || draft.brackets.groupAt(open) !== undefined) return false;
  const name = draft.brackets.trim(head.start, open);
  draft.claims.push({ area: "name", value: draft.slice(name), start: from, end: name.end });
  readAliases(draft, { open, close: head.end });
  draft.doubt("one alias or two", { start: open, end: head.end }, "rule");
  return true;
}

function findName(draft: EntryDraft, head: Span, first: Group | undefined): Span {
  const { brackets, type } = draft;
  if (first !== undefined) {
    // A vessel's call sign may stand between its name and its aliases.
    const end = type === "vessel" ? callSignBefore(draft, head.start, first.open) : first.open;
    const name = brackets.trim(head.start, end);
    const comma = /[\s,]+$/.exec(draft.slice(name))?.[0].length ?? 0;
    return { start: name.start, end: name.end - comma };
  }
  if (type === "vessel") return readVesselName(draft, head);
  const end = nameEnd(brackets, head.start, head.end, type, draft.known);
  if (end.decidedBy !== "nothing to decide") draft.doubt("name or address", head, end.decidedBy);
  return brackets.trim(head.start, end.end);
}

function callSignBefore({ brackets }: EntryDraft, from: number, to: number): number {
  const own = brackets.groups(from, to)[0];
  if (own === undefined) return to;
  const between = brackets.trim(own.close + 1, to);
  return between.start >= between.end ? own.open : to;
}

/** Script notes and alias groups, in any order; returns where they end. */
function readGroups(draft: EntryDraft, from: number, to: number): number {
  const { brackets } = draft;
  let at = from;
  for (;;) {
    const group = nextGroup(draft, at, to);
    if (group === undefined || group.close >= to) return at;
    const kind = groupKind(brackets, group);
    const follows = namesFollow(draft, group.close + 1, to);
    if (kind === "other" && !(draft.type === "vessel" && follows)) return at;
    if (kind === "script") draft.claims.push(...scriptClaims(brackets, group, "name", 0));
    else if (kind === "alias") readAliases(draft, group);
    else draft.claims.push(callSignClaim(brackets, group));
    at = group.close + 1;
  }
}

/** The group that comes next; behind a comma only one of names: `(a.k.a. A), (f.k.a. B), Dubai`. */
function nextGroup({ brackets, text }: EntryDraft, at: number, to: number): Group | undefined {
  const next = brackets.trim(at, to).start;
  if (text[next] !== ",") return brackets.groupAt(next);
  const group = brackets.groupAt(brackets.trim(next + 1, to).start);
  return group === undefined || groupKind(brackets, group) === "other" ? undefined : group;
}

function namesFollow({ brackets }: EntryDraft, from: number, to: number): boolean {
  const group = brackets.groupAt(brackets.trim(from, to).start);
  return group !== undefined && groupKind(brackets, group) !== "other";
}

function readAliases(draft: EntryDraft, group: Group): void {
  const { claims, doubtful } = aliasClaims(draft.brackets, group, draft.claims.length);
  draft.claims.push(...claims);
  for (const span of doubtful) draft.doubt("one alias or two", span, "rule");
}
