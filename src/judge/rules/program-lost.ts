import { fieldRule } from "../rule.ts";
import { tagOf } from "../view.ts";

/** One of the programs of a listed party gone. */
export const programLost = fieldRule({
  id: "program-lost",
  areas: ["program", "feature"],
  actions: ["remove"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "one of the programs of a listed party gone",
  why: "A legal basis less: other General Licenses apply; whether the party is still blocked is told by its lists.",
  source: "OFAC, Program Tag Definitions for OFAC Sanctions Lists",
  twin: "program-gained",
  applies: ({ field }) => tagOf(field.area, field.before) !== undefined,
});
