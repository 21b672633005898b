import { type EntryClaim, SCRIPTS } from "../../../domain/index.ts";
import type { Brackets, Group } from "./brackets.ts";

const ALIAS = /^\s*([a-z])\.?\s?k\.?\s?a\.?\s+/i;
const SCRIPT =
  /^\s*((?:Chinese |Traditional |Simplified )?\p{Lu}[\p{L}]+(?: (?:Simplified|Traditional|script|Script))?)\s*:\s*/u;

/** What the parentheses behind a name hold. */
export type GroupKind = "alias" | "script" | "other";

/** Tells alias groups and script notes from parentheses that belong to a name, a call sign, an owner. */
export function groupKind(brackets: Brackets, group: Group): GroupKind {
  if (brackets.text[group.open] !== "(") return "other";
  const inner = brackets.text.slice(group.open + 1, group.close);
  if (ALIAS.test(inner)) return "alias";
  return scriptOf(inner) === undefined ? "other" : "script";
}

/** The script a note names: a known one, or any word before letters that are not Latin. */
function scriptOf(note: string): { script: string; length: number } | undefined {
  const match = SCRIPT.exec(note);
  const script = match?.[1] ?? "";
  if (match === null) return undefined;
  const value = note.slice(match[0].length);
  if (!SCRIPTS.includes(script) && !/^["'\u201C\s]*(?!\p{Script=Latin})\p{L}/u.test(value)) return undefined;
  return { script, length: match[0].length };
}

/** `(Arabic: …; Cyrillic: …)`: the same name in other scripts. */
export function scriptClaims(
  brackets: Brackets,
  group: Group,
  area: "name" | "alias",
  renders: number,
): EntryClaim[] {
  const claims: EntryClaim[] = [];
  for (const part of scriptParts(brackets, group)) {
    const item = brackets.text.slice(part.start, part.end);
    const found = scriptOf(item);
    const value = unquoted(item.slice(found?.length ?? 0).trim()).name;
    claims.push({ area, label: found?.script ?? "", value, renders, ...part });
  }
  return claims;
}

/** Notes are parted by semicolons; one without a script of its own goes on with the note before it. */
function scriptParts(brackets: Brackets, group: Group): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  for (const part of brackets.split(";", group.open + 1, group.close)) {
    const last = parts[parts.length - 1];
    const own = scriptOf(brackets.text.slice(part.start, part.end)) !== undefined;
    if (own || last === undefined) parts.push(part);
    else parts[parts.length - 1] = { start: last.start, end: part.end };
  }
  return parts;
}

/** A weak alias stands in double quotation marks; single ones belong to the name. */
export function unquoted(text: string): { name: string; quality: "strong" | "weak" } {
  const match = /^["\u201C\u201D](.*?)["\u201C\u201D]$/.exec(text);
  return match === null
    ? { name: text, quality: "strong" }
    : { name: (match[1] ?? "").trim(), quality: "weak" };
}

/** What an alias group says. `first`: how many claims stand before these. */
export function aliasClaims(
  brackets: Brackets,
  group: Group,
  first: number,
): { claims: EntryClaim[]; doubtful: { start: number; end: number }[] } {
  const claims: EntryClaim[] = [];
  const doubtful: { start: number; end: number }[] = [];
  let type = "a.k.a.";
  const quoted = quotedAliases(brackets, group);
  const cuts = (at: number) => !quoted.some((span) => span.start < at && at < span.end);
  for (const part of brackets.split(";", group.open + 1, group.close, cuts)) {
    const item = brackets.text.slice(part.start, part.end);
    const marker = ALIAS.exec(item);
    if (marker === null) doubtful.push(part);
    else type = `${(marker[1] ?? "a").toLowerCase()}.k.a.`;
    const from = part.start + (marker?.[0].length ?? 0);
    const notes = brackets.groups(from, part.end).filter((g) => groupKind(brackets, g) === "script");
    const nameEnd = notes[0]?.open ?? part.end;
    const span = brackets.trim(from, nameEnd);
    const own = first + claims.length;
    const { name, quality } = unquoted(brackets.text.slice(span.start, span.end).replace(/,$/, ""));
    claims.push({ area: "alias", label: type, value: name, quality, start: part.start, end: span.end });
    for (const note of notes) claims.push(...scriptClaims(brackets, note, "alias", own));
    const rest = brackets.trim((notes[notes.length - 1]?.close ?? part.end) + 1, part.end);
    if (rest.end > rest.start) doubtful.push(rest);
  }
  return { claims, doubtful };
}

const QUOTED = /(?<=\bk\.?\s?a\.?\s)["\u201C][^"\u201C\u201D]*["\u201D](?=\s?(?:[;(]|$))/gi;

/** Aliases in quotation marks that hold a semicolon of their own: `a.k.a. "CEC; INTERNATIONAL"`. */
function quotedAliases(brackets: Brackets, group: Group): { start: number; end: number }[] {
  const inner = brackets.text.slice(group.open + 1, group.close);
  if (!/["\u201C]/.test(inner)) return [];
  return [...inner.matchAll(QUOTED)]
    .map(({ index, 0: text }) => ({ text, start: group.open + 1 + index }))
    .filter(({ text }) => text.includes(";") && !/;\s*[a-z]\.\s?k\.\s?a\./i.test(text))
    .map(({ text, start }) => ({ start, end: start + text.length }));
}
