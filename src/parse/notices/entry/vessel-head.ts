import { COUNTRIES, type EntryClaim, nameKey, type Span } from "../../../domain/index.ts";
import type { Brackets, Group } from "./brackets.ts";
import { endsInCountryName, NOTICE_COUNTRIES, namesCountry } from "./countries.ts";
import type { EntryDraft } from "./draft.ts";

/** OFAC's vessel types (reference values), longest first. The set is open. */
const TYPES: readonly string[] = (
  "Bulk Carrier|Container Ship|General Cargo|Tug|Chemical/Products Tanker|Crew/Supply Vessel|Crude Oil Tanker|" +
  "Crude/Oil Products Tanker|Landing Craft|LPG Tanker|Offshore Tug/Supply Ship|Platform Supply Ship|Shuttle Tanker|" +
  "Tanker|Bunkering Tanker|Products Tanker|Passenger|Roll-on Roll-off|Drilling Ship|Floating Storage Tanker|" +
  "Chemical/Oil Tanker|Oil Products Tanker|Pleasure Craft|Fishing Vessel|Palletized Cargo Ship|Pipe-laying Vessel|" +
  "Supply Vessel|Offshore Tug|Offshore Support Vessel|Salvage Ship|Anchor Handling Vessel|Service Vessel|" +
  "Fish Carrier|Refrigerated Cargo Ship|Yacht|Dredger|Hopper Barge|Frigate|Naval Auxiliary Vessel|" +
  "Livestock Carrier|Research Vessel|Heavy Lift Vessel|LNG Carrier|LNG Tanker|Ferry"
)
  .split("|")
  .sort((a, b) => b.length - a.length);

/** What stands where a flag's country does. */
const NO_FLAG: readonly string[] = ["None Identified", "Unknown"];
const FLAGS: readonly string[] = [...COUNTRIES, ...NOTICE_COUNTRIES, ...NO_FLAG].sort(
  (a, b) => b.length - a.length,
);

const LONGEST_NAME = 400;

/** A vessel's name, where no aliases close it: a list's, or what stands before its particulars. */
export function readVesselName(draft: EntryDraft, head: Span): Span {
  const { brackets, known, text } = draft;
  const callSign = brackets.groups(head.start, head.end)[0];
  const limit = Math.min(callSign?.open ?? head.end, head.start + LONGEST_NAME);
  for (let end = limit; end > head.start; end = text.lastIndexOf(" ", end - 1)) {
    if (known?.has(nameKey(text.slice(head.start, end)))) {
      if (callSign === undefined && end < limit) draft.doubt("name or vessel type", head, "known name");
      return brackets.trim(head.start, end);
    }
  }
  const { end, certain } = vesselNameEnd(text, head.start, limit);
  if (callSign !== undefined && end >= limit - 1) return brackets.trim(head.start, limit);
  if (!certain) draft.doubt("name or vessel type", head, "rule");
  return brackets.trim(head.start, end);
}

/** `(T2EF4)` */
export function callSignClaim({ text }: Brackets, group: Group): EntryClaim {
  const value = text.slice(group.open + 1, group.close).trim();
  return { area: "vessel", label: "Vessel Call Sign", value, start: group.open, end: group.close + 1 };
}

/** Where a vessel's name ends when no parenthesis follows it: before its type, its tonnage or its flag. */
function vesselNameEnd(text: string, from: number, to: number): { end: number; certain: boolean } {
  const head = text.slice(from, to);
  // "ALEGRIA, c/o NAVIERA S.A., Havana, Cuba": older entries give an address in place of particulars.
  const address =
    /^[^,]+(?=, c\/o )/i.exec(head)?.[0] ?? (endsInCountryName(head) ? head.split(", ")[0] : head);
  if (address !== undefined && address.length < head.length)
    return { end: from + address.length, certain: true };
  for (const type of TYPES) {
    const at = head.indexOf(` ${type}`);
    if (at > 0 && /^(?:$|[ ;])/.test(head.slice(at + 1 + type.length)))
      return { end: from + at, certain: true };
  }
  const tonnage = / \d[\d,.]* ?(?:DWT|GRT|GT)\b/.exec(head);
  const lower = / (?=\S*\p{Ll})/u.exec(head);
  const flag = / flag$/.test(head) ? FLAGS.find((name) => head.endsWith(` ${name} flag`)) : undefined;
  const cuts = [tonnage?.index, lower?.index, flag === undefined ? undefined : head.length - flag.length - 6];
  const end = Math.min(...cuts.filter((cut) => cut !== undefined), head.length);
  return { end: from + end, certain: end === head.length };
}

/** Call sign, type, tonnage, flag and owner: `(T2EF4) Crude Oil Tanker 164,154DWT 85,462GRT Malta flag (OWNER)`. */
export function vesselClaims(
  brackets: Brackets,
  from: number,
  to: number,
): { claims: EntryClaim[]; doubtful: boolean } {
  const claims: EntryClaim[] = [];
  const { text } = brackets;
  let { start, end } = brackets.trim(from, to);
  const claim = (label: string, value: string, a: number, b: number) =>
    claims.push({ area: "vessel", label, value, start: a, end: b });
  const first = brackets.groupAt(start);
  if (first !== undefined && first.close < end) {
    claims.push(callSignClaim(brackets, first));
    start = brackets.trim(first.close + 1, end).start;
  }
  const last = brackets.groupEndingAt(end - 1);
  if (last !== undefined && last.open >= start) {
    claim("Vessel Owner", text.slice(last.open + 1, last.close).trim(), last.open, last.close + 1);
    end = brackets.trim(start, last.open).end;
  }
  const flag = flagOf(text, start, end);
  if (flag !== undefined) {
    claim("Vessel Flag", text.slice(flag.start, flag.end), flag.start, end);
    end = brackets.trim(start, flag.start).end;
  }
  for (const [unit, label] of [
    ["GRT|GT", "Vessel Gross Registered Tonnage"],
    ["DWT", "Vessel Tonnage"],
  ] as const) {
    const match = new RegExp(`(?:^| )(\\d[\\d,.]*) ?(?:${unit})$`).exec(text.slice(start, end));
    if (match === null) continue;
    const at = start + match.index + (match[0].startsWith(" ") ? 1 : 0);
    claim(label, match[1] ?? "", at, end);
    end = brackets.trim(start, at).end;
  }
  if (end > start) claim("VESSEL TYPE", text.slice(start, end), start, end);
  return { claims: claims.sort((a, b) => a.start - b.start), doubtful: flag?.certain === false };
}

function flagOf(
  text: string,
  start: number,
  end: number,
): { start: number; end: number; certain: boolean } | undefined {
  const part = text.slice(start, end).replace(/[\u2018\u2019]/g, "'");
  const match = / ?flag$/i.exec(part);
  if (match === null) return undefined;
  const before = part.slice(0, match.index);
  const known = FLAGS.find((name) => before === name || before.endsWith(` ${name}`));
  const name = known ?? /(?:GRT|GT|DWT) (.+)$/.exec(before)?.[1] ?? /\S+$/.exec(before)?.[0] ?? "";
  const from = start + before.length - name.length;
  return { start: from, end: start + before.length, certain: known !== undefined || namesCountry(name) };
}
