import { fieldRule } from "../rule.ts";
import { saysTheSame } from "../view.ts";

/** Another of several values made the main one. */
export const mainEntryMoved = fieldRule({
  id: "main-entry-moved",
  areas: [
    "sanctions-type",
    "restriction",
    "secondary-sanctions",
    "legal-authority",
    "nationality",
    "citizenship",
    "birth-date",
    "birth-place",
    "gender",
    "feature",
    "contact",
    "vessel",
    "aircraft",
  ],
  actions: ["add", "remove", "change"],
  legalEffect: "cosmetic",
  screeningEffect: "cosmetic",
  title: "another of several values made the main one",
  why: "OFAC's rank among several values (`alt.`) changed, not the values.",
  source: "The `mainEntry` and `isPrimary` marks of OFAC's XML formats",
  applies: (view) => saysTheSame(view, "dropped"),
});
