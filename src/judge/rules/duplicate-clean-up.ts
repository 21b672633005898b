import { partyRule } from "../rule.ts";

/** One of two records of the same party cleaned up. */
export const duplicateCleanUp = partyRule({
  id: "duplicate-clean-up",
  fate: "duplicate-clean-up",
  actions: ["add", "remove"],
  legalEffect: "minor",
  screeningEffect: "major",
  title: "one of two records of the same party cleaned up",
  why: "The party stays listed under its older record: nothing is unfrozen. Decisions kept by uid have to follow it.",
  source: "Certain only with the same party type and a key that one party alone can hold",
});
