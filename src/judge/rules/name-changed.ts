import { fieldRule } from "../rule.ts";

/** The primary name changed. */
export const nameChanged = fieldRule({
  id: "name-changed",
  areas: ["name"],
  actions: ["change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "the primary name changed",
  why: "A name is the first thing that is matched.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
});
