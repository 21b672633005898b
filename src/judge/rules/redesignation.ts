import { partyRule } from "../rule.ts";

/** Delisted and redesignated under another uid. */
export const redesignation = partyRule({
  id: "redesignation",
  fate: "redesignation",
  actions: ["add", "remove"],
  legalEffect: "major",
  screeningEffect: "major",
  title: "delisted and redesignated under another uid",
  why: "The same party is listed before and after: nothing is unfrozen. Its programs, its uid and its keys may be new.",
  source:
    "Certain only with the same party type and a key that one party alone can hold; compare OFAC's notice of 8 November 2022",
});
