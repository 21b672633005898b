import { fieldRule } from "../rule.ts";
import { turnsQuality } from "../view.ts";

/** A strong alias became weak. */
export const aliasBecameWeak = fieldRule({
  id: "alias-became-weak",
  areas: ["alias"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a strong alias became weak",
  why: "OFAC no longer expects screening on it: hits on it alone can be judged otherwise.",
  source: "OFAC's FAQs on weak aliases",
  twin: "alias-became-strong",
  applies: (view) => turnsQuality(view, "strong", "weak"),
});
