import { fieldRule } from "../rule.ts";

/** One of the legal authorities of a listed party gone. */
export const legalAuthorityLost = fieldRule({
  id: "legal-authority-lost",
  areas: ["legal-authority"],
  actions: ["remove"],
  legalEffect: "major",
  screeningEffect: "none",
  title: "one of the legal authorities of a listed party gone",
  why: "The authority decides which licences and which end of an emergency matter to the party.",
  source: "Legal authorities of the Enhanced format (executive orders and statutes)",
  twin: "legal-authority-gained",
});
