import { fieldRule } from "../rule.ts";

/** Another legal authority on a listed party. */
export const legalAuthorityGained = fieldRule({
  id: "legal-authority-gained",
  areas: ["legal-authority"],
  actions: ["add"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "another legal authority on a listed party",
  why: "The authority decides which licences and which end of an emergency matter to the party.",
  source: "Legal authorities of the Enhanced format (executive orders and statutes)",
  twin: "legal-authority-lost",
});
