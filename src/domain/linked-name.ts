import { nameKey } from "./entry-claim.ts";

/** A last word of initials, without its last dot: `S.A`, `C.V`, `D.C`, `n.e.c`. */
const INITIALS = /(?:^|[\s,.(])(?:\p{L}{1,3}\.)+\p{L}{1,3}$/u;

/** True for a text whose last word is initials, which have a dot of their own at the end; given without it. */
export function endsWithInitials(text: string): boolean {
  return INITIALS.test(text.slice(-40));
}

/**
 * The name of a linked party in the one form that CSV remarks can give: without a dot at its end, with one after
 * initials. The dot that ends all remarks may be the exporter's or the name's (`EXAMPLE LTD` and `EXAMPLE LTD.` are
 * parties about as often), and only the list could tell them apart; but what a row says must depend on nothing but
 * the row, or the coming and going of one party would change another.
 */
export function linkedName(name: string): string {
  const bare = name.endsWith(".") ? name.slice(0, -1) : name;
  return endsWithInitials(bare) ? `${bare}.` : bare;
}

/** A linked party's name as it is compared: `nameKey`, whoever the dot at its end belongs to. */
export function linkedNameKey(name: string): string {
  return nameKey(linkedName(name.trim()));
}
