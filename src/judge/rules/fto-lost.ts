import { fieldRule } from "../rule.ts";
import { tagOf } from "../view.ts";

/** No longer a Foreign Terrorist Organization. */
export const ftoLost = fieldRule({
  id: "fto-lost",
  areas: ["program"],
  actions: ["remove", "change"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "no longer a Foreign Terrorist Organization",
  why: "The criminal prohibition of material support ends with the designation.",
  source: "8 U.S.C. 1189; 18 U.S.C. 2339B; 31 CFR part 597",
  twin: "fto-gained",
  applies: ({ field }) => tagOf(field.area, field.before) === "FTO",
});
