import { fieldRule } from "../rule.ts";
import { tagOf } from "../view.ts";

/** A program replaced by another. */
export const programChanged = fieldRule({
  id: "program-changed",
  areas: ["program", "feature"],
  actions: ["change"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "a program replaced by another",
  why: "Another legal basis: other General Licenses apply.",
  source: "OFAC, Program Tag Definitions for OFAC Sanctions Lists",
  applies: ({ field }) => tagOf(field.area, field.before) !== undefined,
});
