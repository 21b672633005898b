export { namesOf, type PartyLookup, partyLookup, stateLookup } from "./lookup.ts";
export { type ReconciledRecord, reconcile, type Witnesses } from "./reconcile.ts";
