import { fieldRule } from "../rule.ts";

/** A legal authority replaced by another. */
export const legalAuthorityChanged = fieldRule({
  id: "legal-authority-changed",
  areas: ["legal-authority"],
  actions: ["change"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "a legal authority replaced by another",
  why: "The authority decides which licences and which end of an emergency matter to the party.",
  source: "Legal authorities of the Enhanced format (executive orders and statutes)",
});
