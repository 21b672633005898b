import {
  type Ambiguity,
  type EntryClaim,
  type EntryReading,
  endsInCountry,
  type KnownNames,
  nameKey,
  type Span,
  startsWithEntryKey,
} from "../../../domain/index.ts";
import { attributeClaim } from "./attributes.ts";
import { Brackets, type Group } from "./brackets.ts";
import { aliasClaims, groupKind, scriptClaims } from "./names.ts";
import { nameEnd } from "./split-name.ts";
import { readTail } from "./tail.ts";
import { vesselClaims, vesselNameEnd } from "./vessel-head.ts";

/**
 * Reads one entry line (ofac-formats §6.5) into claims with their places in the line. Never throws: what is
 * not understood is in `leftover`, what the line alone does not decide in `ambiguities`. `known`: names that
 * a list has; they decide where a name ends.
 */
export function parseEntry(text: string, known?: KnownNames): EntryReading {
  return new EntryReader(text, known).read();
}

const LONGEST_NAME = 400;

class EntryReader {
  readonly #brackets: Brackets;
  readonly #text: string;
  readonly #known: KnownNames | undefined;
  readonly #claims: EntryClaim[] = [];
  readonly #ambiguities: Ambiguity[] = [];
  #type = "entity";

  constructor(text: string, known: KnownNames | undefined) {
    this.#text = text;
    this.#brackets = new Brackets(text);
    this.#known = known;
  }

  read(): EntryReading {
    const tail = readTail(this.#brackets);
    this.#type = tail.type ?? "entity";
    const items = this.#brackets.split(";", 0, tail.start, (at) => partsItems(this.#text, at));
    const head = items[0];
    const rest = head === undefined ? undefined : this.#head(head);
    this.#items(rest === undefined ? items.slice(1) : [rest, ...items.slice(1)], rest !== undefined);
    this.#claims.push(...tail.claims);
    return {
      text: this.#text,
      type: this.#type,
      name: this.#claims.find((claim) => claim.area === "name" && claim.renders === undefined)?.value ?? "",
      claims: this.#claims,
      ambiguities: this.#ambiguities,
      leftover: leftover(this.#text, this.#claims),
    };
  }

  /** Name, scripts, aliases, a vessel's particulars. Returns the first address, if one follows. */
  #head(head: Span): Span | undefined {
    const groups = this.#brackets.groups(head.start, head.end);
    const first = groups.find(
      (group) => groupKind(this.#brackets, group) !== "other" && this.#behindName(group, head),
    );
    if (first === undefined && this.#openAliases(head)) return undefined;
    const name = this.#name(head, first);
    this.#claims.push({ area: "name", value: this.#slice(name), ...name });
    const gap =
      first === undefined ? 0 : (/^[\s,]+/.exec(this.#text.slice(name.end, first.open))?.[0].length ?? 0);
    const after = this.#groups(name.end + gap, head.end);
    const rest = this.#brackets.trim(after, head.end);
    if (rest.start >= rest.end) return undefined;
    if (this.#type === "vessel" && this.#text[rest.start] !== ",") {
      const { claims, doubtful } = vesselClaims(this.#brackets, rest.start, rest.end);
      this.#claims.push(...claims);
      if (doubtful) this.#doubt("name or vessel type", rest, "rule");
      return undefined;
    }
    const comma = /^[,.]\s*/.exec(this.#text.slice(rest.start, rest.end))?.[0].length ?? 0;
    const address = this.#brackets.trim(rest.start + comma, rest.end);
    return address.end > address.start ? address : undefined;
  }

  /** `BETA, B (a.k.a. BEETA, Bee;`: aliases whose bracket the page forgot to close run up to the next item. */
  #openAliases(head: Span): boolean {
    const open = head.start + this.#slice(head).search(/ \([a-z]\.\s?k\.\s?a\. /i) + 1;
    if (open <= head.start) return false;
    const name = this.#brackets.trim(head.start, open);
    this.#claims.push({ area: "name", value: this.#slice(name), ...name });
    this.#aliases({ open, close: head.end });
    this.#doubt("one alias or two", { start: open, end: head.end }, "rule");
    return true;
  }

  /** Aliases and scripts stand right behind the name, not in the middle of an address. */
  #behindName(group: Group, head: Span): boolean {
    return group.open > head.start;
  }

  #name(head: Span, first: Group | undefined): Span {
    if (first !== undefined) {
      // A vessel's call sign may stand between its name and its aliases.
      const end = this.#type === "vessel" ? this.#callSignBefore(head.start, first.open) : first.open;
      const name = this.#brackets.trim(head.start, end);
      const comma = /[\s,]+$/.exec(this.#slice(name))?.[0].length ?? 0;
      return { start: name.start, end: name.end - comma };
    }
    if (this.#type === "vessel") return this.#vesselName(head);
    const end = nameEnd(this.#brackets, head.start, head.end, this.#type, this.#known);
    if (end.decidedBy !== "nothing to decide") this.#doubt("name or address", head, end.decidedBy);
    return this.#brackets.trim(head.start, end.end);
  }

  #callSignBefore(from: number, to: number): number {
    const own = this.#brackets.groups(from, to)[0];
    if (own === undefined) return to;
    const between = this.#brackets.trim(own.close + 1, to);
    return between.start >= between.end ? own.open : to;
  }

  #vesselName(head: Span): Span {
    const callSign = this.#brackets.groups(head.start, head.end)[0];
    const limit = Math.min(callSign?.open ?? head.end, head.start + LONGEST_NAME);
    for (let end = limit; end > head.start; end = this.#text.lastIndexOf(" ", end - 1)) {
      if (this.#known?.has(nameKey(this.#text.slice(head.start, end)))) {
        if (callSign === undefined && end < limit) this.#doubt("name or vessel type", head, "known name");
        return this.#brackets.trim(head.start, end);
      }
    }
    const { end, certain } = vesselNameEnd(this.#text, head.start, limit);
    if (callSign !== undefined && end >= limit - 1) return this.#brackets.trim(head.start, limit);
    if (!certain) this.#doubt("name or vessel type", head, "rule");
    return this.#brackets.trim(head.start, end);
  }

  /** Script notes and alias groups, in any order; returns where they end. */
  #groups(from: number, to: number): number {
    let at = from;
    for (;;) {
      const next = this.#brackets.trim(at, to).start;
      const group = this.#brackets.groupAt(next);
      if (group === undefined || group.close >= to) return at;
      const kind = groupKind(this.#brackets, group);
      const follows = this.#laterAliases(group.close + 1, to);
      if (kind === "other" && !(this.#type === "vessel" && follows)) return at;
      if (kind === "script") this.#claims.push(...scriptClaims(this.#brackets, group, "name", 0));
      else if (kind === "alias") this.#aliases(group);
      else this.#callSign(group);
      at = group.close + 1;
    }
  }

  #laterAliases(from: number, to: number): boolean {
    const group = this.#brackets.groupAt(this.#brackets.trim(from, to).start);
    return group !== undefined && groupKind(this.#brackets, group) !== "other";
  }

  #aliases(group: Group): void {
    const { claims, doubtful } = aliasClaims(this.#brackets, group, this.#claims.length);
    this.#claims.push(...claims);
    for (const span of doubtful) this.#doubt("one alias or two", span, "rule");
  }

  #callSign(group: Group): void {
    const value = this.#text.slice(group.open + 1, group.close).trim();
    this.#claims.push({
      area: "vessel",
      label: "Vessel Call Sign",
      value,
      start: group.open,
      end: group.close + 1,
    });
  }

  /** Addresses up to the first label, then attributes; what has no label is a title or a remark. */
  #items(items: readonly Span[], firstIsAddress: boolean): void {
    const claims = items.map((span) => attributeClaim(this.#slice(span), span.start));
    const firstLabel = claims.findIndex((claim) => claim !== undefined && claim.unknown === undefined);
    const mayBeAddress =
      this.#type === "vessel" || this.#type === "aircraft" ? 0 : firstLabel < 0 ? items.length : firstLabel;
    const lastCountry = items.findLastIndex(
      (span, i) => i < mayBeAddress && endsInCountry(this.#slice(span)),
    );
    items.forEach((span, index) => {
      const text = this.#slice(span);
      const claim = claims[index];
      const certain = (index === 0 && firstIsAddress) || (index < mayBeAddress && endsInCountry(text));
      // Addresses stand together: what stands before another one, or looks like one, is one without a country.
      const address = certain || index < lastCountry || (index < mayBeAddress && ADDRESS.test(text));
      if (claim !== undefined && (claim.unknown === undefined || !address)) this.#claims.push(claim);
      else if (address) {
        if (!certain) this.#doubt("address or remark", span, "rule");
        this.#claims.push({ area: "address", value: text, ...span });
      } else if (!this.#goesOn(text, span)) {
        if (index < mayBeAddress) this.#doubt("address or remark", span, "rule");
        this.#claims.push({ area: this.#type === "individual" ? "title" : "remarks", value: text, ...span });
      }
    });
  }

  /** "Organization Type: Accounting activities; tax consultancy": a value with a semicolon of its own. */
  #goesOn(text: string, span: Span): boolean {
    const last = this.#claims[this.#claims.length - 1];
    if (last?.area !== "feature" || !last.label?.endsWith(":") || !/^\p{Ll}/u.test(text)) return false;
    const value = `${last.value}${this.#text.slice(last.end, span.end)}`;
    this.#claims[this.#claims.length - 1] = { ...last, value, end: span.end };
    return true;
  }

  #slice(span: Span): string {
    return this.#text.slice(span.start, span.end);
  }

  #doubt(what: Ambiguity["what"], span: Span, decidedBy: Ambiguity["decidedBy"]): void {
    this.#ambiguities.push({ what, decidedBy, start: span.start, end: span.end });
  }
}

const ADDRESS =
  /^c\/o\b|\d.*,|,.*\d|\b(?:street|road|avenue|ave|boulevard|p\.?\s?o\.? box|building|district|province|square|suite|floor)\b/i;

/** Items are parted by a semicolon and a blank; without a blank only where a label follows. */
function partsItems(text: string, at: number): boolean {
  const next = text[at + 1];
  return next === undefined || next === " " || startsWithEntryKey(text.slice(at + 1, at + 120));
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
