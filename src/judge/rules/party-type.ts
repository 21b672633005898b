import { fieldRule } from "../rule.ts";

/** The type of the party changed. */
export const partyType = fieldRule({
  id: "party-type",
  areas: ["type"],
  actions: ["change"],
  legalEffect: "minor",
  screeningEffect: "major",
  title: "the type of the party changed",
  why: "Screens compare people with people and ships with ships: under another type the party is matched otherwise.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
