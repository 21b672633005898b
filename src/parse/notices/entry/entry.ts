import type { EntryClaim, EntryReading, KnownNames, Span } from "../../../domain/index.ts";
import { attributeClaim } from "./attributes.ts";
import { EntryDraft } from "./draft.ts";
import { readHead } from "./head.ts";
import { beginsWithLabel } from "./labels.ts";
import { readTail } from "./tail.ts";
import { type Item, readUnlabelled } from "./unlabelled.ts";

/**
 * Reads one entry line (ofac-formats §6.5) into claims with their places in the line. Never throws: what is
 * not understood is in `leftover`, what the line alone does not decide in `ambiguities`. `known`: names that
 * a list has; they decide where a name ends.
 */
export function parseEntry(text: string, known?: KnownNames): EntryReading {
  const draft = new EntryDraft(text, known);
  const tail = readTail(draft.brackets);
  draft.type = tail.type ?? "entity";
  const marker = Math.min(LIST_MARKER.exec(text)?.[0].length ?? 0, tail.start);
  const items = draft.brackets.split(";", marker, tail.start, (at) => partsItems(text, at));
  const head = items[0];
  const rest = head === undefined ? undefined : readHead(draft, head, marker === 0 ? head.start : 0);
  readItems(draft, rest === undefined ? items.slice(1) : [rest, ...items.slice(1)], rest !== undefined);
  draft.claims.push(...tail.claims);
  return {
    text,
    type: draft.type,
    name: draft.claims.find((claim) => claim.area === "name" && claim.renders === undefined)?.value ?? "",
    claims: draft.claims,
    ambiguities: draft.ambiguities,
    leftover: leftover(text, draft.claims),
  };
}

/** `1. `, `2) `, `(a) `, `• `, `- ` before a name: the page's, not the party's. `7 KARNES` and `110TH` are names. */
const LIST_MARKER =
  /^\s{0,3}(?:\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[ivx]{2,4})\)|[\u2022\u00B7\u25AA\u25CF\u25E6*\u2010-\u2015-])\s{1,3}(?=\S)/;

/** Addresses up to the first label, then attributes; what has no label is a title or a remark. */
function readItems(draft: EntryDraft, spans: readonly Span[], firstIsAddress: boolean): void {
  const claims = spans.map((span) => attributeClaim(draft.slice(span), span.start));
  const items = spans.map((span, i): Item => {
    const claim = claims[i];
    const label = claim === undefined ? "none" : claim.unknown === undefined ? "known" : "unknown";
    return { text: draft.slice(span), label };
  });
  readUnlabelled(items, draft.type, firstIsAddress).forEach(({ kind, doubtful }, i) => {
    const [span, claim, value] = [spans[i], claims[i], items[i]?.text ?? ""];
    if (span === undefined) return;
    if (claim !== undefined && (claim.unknown === undefined || kind !== "address")) {
      draft.claims.push(claim);
      return;
    }
    if (kind !== "address" && goesOn(draft, value, span)) return;
    if (doubtful) draft.doubt("address or remark", span, "rule");
    draft.claims.push({ area: kind, value, ...span });
  });
}

/** "Organization Type: Accounting activities; tax consultancy": a value with a semicolon of its own. */
function goesOn({ claims, text }: EntryDraft, item: string, span: Span): boolean {
  const last = claims[claims.length - 1];
  if (last?.area !== "feature" || !last.label?.endsWith(":") || !/^\p{Ll}/u.test(item)) return false;
  const value = `${last.value}${text.slice(last.end, span.end)}`;
  claims[claims.length - 1] = { ...last, value, end: span.end };
  return true;
}

/** Items are parted by a semicolon and a blank; without a blank only where a label follows. */
function partsItems(text: string, at: number): boolean {
  const next = text[at + 1];
  return next === undefined || next === " " || beginsWithLabel(text.slice(at + 1, at + 120));
}

/** Stretches with letters or digits that no claim covers. */
function leftover(text: string, claims: readonly EntryClaim[]): Span[] {
  const out: Span[] = [];
  let from = 0;
  for (const claim of [...claims].sort((a, b) => a.start - b.start)) {
    if (claim.start > from) out.push({ start: from, end: claim.start });
    from = Math.max(from, claim.end);
  }
  if (from < text.length) out.push({ start: from, end: text.length });
  return out.filter((span) => /[\p{L}\p{N}]/u.test(text.slice(span.start, span.end)));
}
