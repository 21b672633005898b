import { fieldRule } from "../rule.ts";
import { swapped } from "../swap.ts";
import { leavesKeysAlone } from "../view.ts";

/** Primary name and alias changed places. */
export const primaryAliasSwap = fieldRule({
  id: "primary-alias-swap",
  areas: ["name", "alias"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "primary name and alias changed places",
  why: "Every name the party had it still has, as strong as before: only which of them comes first is new.",
  source: "OFAC's clean-up of 22 November 2021: primary names swapped with aliases under the same uid",
  applies: (view) => swapped(view.before, view.after, true) === "proven" && leavesKeysAlone(view),
});
