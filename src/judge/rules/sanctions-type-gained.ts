import { fieldRule } from "../rule.ts";

/** A type of sanction gained. */
export const sanctionsTypeGained = fieldRule({
  id: "sanctions-type-gained",
  areas: ["sanctions-type"],
  actions: ["add"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "a type of sanction gained",
  why: "The type is the prohibition itself: blocking, a directive, a menu of measures.",
  source: "Sanctions types of the Enhanced format (Block, 13662 Sectoral Directive 1 …)",
  twin: "sanctions-type-lost",
});
