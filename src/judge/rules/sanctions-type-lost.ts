import { fieldRule } from "../rule.ts";

/** A type of sanction lost. */
export const sanctionsTypeLost = fieldRule({
  id: "sanctions-type-lost",
  areas: ["sanctions-type"],
  actions: ["remove"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "a type of sanction lost",
  why: "The type is the prohibition itself: blocking, a directive, a menu of measures.",
  source: "Sanctions types of the Enhanced format (Block, 13662 Sectoral Directive 1 …)",
  twin: "sanctions-type-gained",
});
