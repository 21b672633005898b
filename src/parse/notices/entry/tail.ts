import { type EntryClaim, LINKED_TO, PARTY_TYPES } from "../../../domain/index.ts";
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
  const claims: EntryClaim[] = [];
  let type: string | undefined;
  let end = trimEnd(text, text.length);
  for (;;) {
    const group = end > 0 ? brackets.groupEndingAt(end - 1) : undefined;
    if (group === undefined) {
      const broken = type === undefined ? brokenMark(text, end) : undefined;
      if (broken === undefined) break;
      type = broken.type;
      claims.unshift({ area: "type", value: type, start: broken.start, end });
      end = trimEnd(text, broken.start);
      continue;
    }
    const inner = text.slice(group.open + 1, group.close);
    if (text[group.open] === "[") {
      claims.unshift(tagClaim(inner, group.open, group.close + 1));
    } else if (/^\s*linked to\s*:/i.test(inner)) {
      claims.unshift(...linkedClaims(brackets, group.open + 1, group.close));
    } else if (type === undefined && PARTY_TYPES.includes(inner.trim().toLowerCase())) {
      type = inner.trim().toLowerCase();
      claims.unshift({ area: "type", value: type, start: group.open, end: group.close + 1 });
    } else {
      break;
    }
    end = trimEnd(text, group.open);
  }
  return { start: end, type, claims };
}

/** `individual)` and `(individual`: a mark that lost one of its brackets, before the tags. */
function brokenMark(text: string, end: number): { type: string; start: number } | undefined {
  const match = /[\s;,](\(?)([a-z]+)(\)?)$/i.exec(text.slice(Math.max(0, end - 20), end));
  const type = match?.[2]?.toLowerCase() ?? "";
  if (match === null || match[1] === match[3] || !PARTY_TYPES.includes(type)) return undefined;
  return { type, start: end - match[0].length + 1 };
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
