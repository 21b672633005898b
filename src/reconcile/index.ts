export { namesOf, type PartyLookup, partyLookup } from "./lookup.ts";
export { type ReconciledRecord, reconcile, type Witnesses } from "./reconcile.ts";
