import { fieldRule } from "../rule.ts";

/** A type of sanction changed. */
export const sanctionsTypeChanged = fieldRule({
  id: "sanctions-type-changed",
  areas: ["sanctions-type"],
  actions: ["change"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "a type of sanction changed",
  why: "The type is the prohibition itself: blocking, a directive, a menu of measures.",
  source: "Sanctions types of the Enhanced format (Block, 13662 Sectoral Directive 1 …)",
});
