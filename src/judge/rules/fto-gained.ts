import { fieldRule } from "../rule.ts";
import { tagOf } from "../view.ts";

/** Designated a Foreign Terrorist Organization. */
export const ftoGained = fieldRule({
  id: "fto-gained",
  areas: ["program"],
  actions: ["add", "change"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "designated a Foreign Terrorist Organization",
  why: "Material support becomes a crime, and financial institutions must keep the funds and report.",
  source: "8 U.S.C. 1189; 18 U.S.C. 2339B; 31 CFR part 597",
  twin: "fto-lost",
  applies: ({ field }) => tagOf(field.area, field.after) === "FTO",
});
