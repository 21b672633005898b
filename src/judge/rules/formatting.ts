import { AREAS } from "../../domain/index.ts";
import { fieldRule } from "../rule.ts";
import { saysTheSame } from "../view.ts";

/** Written otherwise, meaning the same. */
export const formatting = fieldRule({
  id: "formatting",
  areas: AREAS.map((shape) => shape.area).filter((area) => area !== "type" && area !== "blocking"),
  actions: ["add", "remove", "change"],
  legalEffect: "cosmetic",
  screeningEffect: "cosmetic",
  title: "written otherwise, meaning the same",
  why: "Only case, punctuation, spacing, diacritics or the way a date is written differs; a screen that normalises sees no difference.",
  source: "The normalisation of match keys documented in keys/normalise.ts",
  applies: (view) => saysTheSame(view, "kept"),
});
