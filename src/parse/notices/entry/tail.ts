import { type EntryClaim, isKnownProgram, LINKED_TO, PARTY_TYPES } from "../../../domain/index.ts";
import type { Brackets } from "./brackets.ts";

/** What stands at the end of an entry line: `(individual) [TAG] [TAG] (Linked To: …).` */
export interface Tail {
  /** Where the tail begins. */
  readonly start: number;
  /** As stated; undefined for entities, which carry no mark. */
  readonly type: string | undefined;
  readonly claims: readonly EntryClaim[];
}

/** Reads the tail from the right, group by group, in whatever order they stand. */
export function readTail(brackets: Brackets): Tail {
  const { text } = brackets;
  // The last first.
  const found: (readonly EntryClaim[])[] = [];
  let type: string | undefined;
  let linked = false;
  let end = trimEnd(text, text.length);
  for (;;) {
    const group = end > 0 ? brackets.groupEndingAt(end - 1) : undefined;
    if (group === undefined) {
      const broken = brokenEnd(brackets, end, type === undefined, !linked);
      if (broken === undefined) break;
      type ??= broken.type;
      linked ||= broken.claims[0]?.area === "relationship";
      found.push(broken.claims);
      end = trimEnd(text, broken.start);
      continue;
    }
    const inner = text.slice(group.open + 1, group.close);
    if (text[group.open] === "[") {
      found.push([tagClaim(inner, group.open, group.close + 1)]);
    } else if (/^\s*linked to\s*:/i.test(inner)) {
      linked = true;
      found.push(linkedClaims(brackets, group.open + 1, group.close));
    } else if (type === undefined && PARTY_TYPES.includes(inner.trim().toLowerCase())) {
      type = inner.trim().toLowerCase();
      found.push([{ area: "type", value: type, start: group.open, end: group.close + 1 }]);
    } else {
      break;
    }
    end = trimEnd(text, group.open);
  }
  return { start: end, type, claims: found.reverse().flat() };
}

/** What stands at the end and lost a bracket, or both of them. */
interface Broken {
  readonly start: number;
  readonly claims: readonly EntryClaim[];
  readonly type?: string;
}

function brokenEnd(brackets: Brackets, end: number, mark: boolean, links: boolean): Broken | undefined {
  return (
    (mark ? brokenMark(brackets.text, end) : undefined) ??
    brokenTag(brackets.text, end) ??
    (links ? bareLinks(brackets, end) : undefined)
  );
}

/** `individual)` and `(individual`: a mark that lost one of its brackets, before the tags. */
function brokenMark(text: string, end: number): Broken | undefined {
  const match = /[\s;,](\(?)([a-z]+)(\)?)$/i.exec(text.slice(Math.max(0, end - 20), end));
  const type = match?.[2]?.toLowerCase() ?? "";
  if (match === null || match[1] === match[3] || !PARTY_TYPES.includes(type)) return undefined;
  const start = end - match[0].length + 1;
  return { start, type, claims: [{ area: "type", value: type, start, end }] };
}

const LONGEST_TAG = 40;

/** `[SDGT` and `SDGT]`: a tag that lost one of its brackets. */
function brokenTag(text: string, end: number): Broken | undefined {
  const from = Math.max(0, end - LONGEST_TAG);
  const near = text.slice(from, end);
  const opened = /\[ ?([A-Z0-9][A-Za-z0-9 .-]*)$/.exec(near);
  if (opened !== null) return tagFrom(opened[1] ?? "", from + opened.index, end);
  if (!near.endsWith("]")) return undefined;
  for (const { index } of near.matchAll(/(?<=^|[\s;,)\]])(?=[A-Z0-9])/g)) {
    const value = near.slice(index, -1).trim();
    if (isKnownProgram(value)) return tagFrom(value, from + index, end);
  }
  return undefined;
}

function tagFrom(value: string, start: number, end: number): Broken {
  return { start, claims: [tagClaim(value, start, end)] };
}

const LINK = /^linked to\s{0,3}:/i;

/** `[SDGT] Linked To: HAMAS.` and `[SDGT] (Linked To: HAMAS.`: links without their parentheses, behind a tag. */
function bareLinks(brackets: Brackets, end: number): Broken | undefined {
  const { text } = brackets;
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  let at = end;
  do {
    at = lower.lastIndexOf("linked to", at - 1);
    if (at <= 0 || !LINK.test(text.slice(at, at + 20))) return undefined;
    const start = gapBefore(text, at);
    if (text[start - 1] === "]") {
      const parts = brackets.split(";", at, end);
      const links = parts.every((part) => LINK.test(text.slice(part.start, part.start + 20)));
      return links ? { start, claims: linkedClaims(brackets, at, end) } : undefined;
    }
  } while (text.slice(gapBefore(text, at), at).includes(";"));
  return undefined;
}

/** Where the blanks, separators and the opening parenthesis before a place begin. */
function gapBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && /[\s.,;(]/.test(text[start - 1] ?? "")) start -= 1;
  return start;
}

/** The end without white space and separators; a full stop goes only where it ends the line or stands behind a bracket. */
function trimEnd(text: string, end: number): number {
  let at = end;
  for (;;) {
    const char = text[at - 1] ?? "";
    const stop = char === "." && (at === text.trimEnd().length || /[\])]/.test(text[at - 2] ?? ""));
    if (at === 0 || !(stop || /[\s,;]/.test(char))) return at;
    at -= 1;
  }
}

function tagClaim(value: string, start: number, end: number): EntryClaim {
  return { area: "program", value: value.trim().replace(/\s+/g, " "), start, end };
}

function linkedClaims(brackets: Brackets, from: number, to: number): EntryClaim[] {
  const claims: EntryClaim[] = [];
  for (const part of brackets.split(";", from, to)) {
    const item = brackets.text.slice(part.start, part.end);
    const value = item.replace(/^linked to\s*:\s*/i, "");
    claims.push({ area: "relationship", label: LINKED_TO, value, ...part });
  }
  return claims;
}
