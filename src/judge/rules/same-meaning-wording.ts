import { sameWording } from "../data/same-wordings.ts";
import { fieldRule } from "../rule.ts";
import { turns, wordingOf } from "../view.ts";

/** Wording replaced by wording that a source says means the same. */
export const sameMeaningWording = fieldRule({
  id: "same-meaning-wording",
  areas: ["restriction", "feature", "remarks"],
  actions: ["add", "remove", "change"],
  legalEffect: "cosmetic",
  screeningEffect: "cosmetic",
  title: "wording replaced by wording that a source says means the same",
  why: "Only what the table of wordings names with its source counts; any other new wording is a change of substance until shown otherwise.",
  source: "The table of wordings in data/same-wordings.ts, each with its source",
  applies: (view) =>
    turns(view).some(([before, after]) => sameWording(wordingOf(before), wordingOf(after)) !== undefined),
});
