import { fieldRule } from "../rule.ts";
import { isStrongAlias } from "../view.ts";

/** A strong alias. */
export const strongAlias = fieldRule({
  id: "strong-alias",
  areas: ["alias"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a strong alias",
  why: "A strong alias is matched as the primary name is.",
  source: "OFAC's FAQs on weak aliases",
  applies: ({ field }) => isStrongAlias(field),
});
