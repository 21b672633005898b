import { fieldRule } from "../rule.ts";

/** A relationship to another party. */
export const relationship = fieldRule({
  id: "relationship",
  areas: ["relationship"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "a relationship to another party",
  why: "It explains a listing, and hints at ownership; the 50 Percent Rule is not told by it.",
  source:
    "OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked (13 August 2014)",
});
