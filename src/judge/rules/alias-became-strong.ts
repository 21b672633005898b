import { fieldRule } from "../rule.ts";
import { turnsQuality } from "../view.ts";

/** A weak alias became strong. */
export const aliasBecameStrong = fieldRule({
  id: "alias-became-strong",
  areas: ["alias"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a weak alias became strong",
  why: "OFAC now expects screening on it: a key that many engines leave out becomes one they must run.",
  source: "OFAC's FAQs on weak aliases",
  twin: "alias-became-weak",
  applies: (view) => turnsQuality(view, "weak", "strong"),
});
