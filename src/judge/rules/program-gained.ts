import { fieldRule } from "../rule.ts";
import { tagOf } from "../view.ts";

/** Another program on a listed party. */
export const programGained = fieldRule({
  id: "program-gained",
  areas: ["program", "feature"],
  actions: ["add"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "another program on a listed party",
  why: "Another legal basis: other General Licenses apply, and the end of the old one no longer frees the party.",
  source: "OFAC, Program Tag Definitions for OFAC Sanctions Lists",
  twin: "program-lost",
  applies: ({ field }) => tagOf(field.area, field.after) !== undefined,
});
