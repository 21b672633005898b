import { programRename } from "../data/program-renames.ts";
import { fieldRule } from "../rule.ts";
import { tagOf, turns } from "../view.ts";

/** A program tag that OFAC merely renamed. */
export const programRenamed = fieldRule({
  id: "program-renamed",
  areas: ["program"],
  actions: ["add", "remove", "change"],
  legalEffect: "cosmetic",
  screeningEffect: "none",
  title: "a program tag that OFAC merely renamed",
  why: "The same program under another tag: nobody's exposure changes. Only renames with a source in the table count.",
  source: "The table of renames in data/program-renames.ts, each with its source and date",
  applies: (view) =>
    turns(view).some(([before, after]) => {
      const from = tagOf("program", before);
      const to = tagOf("program", after);
      return from !== undefined && to !== undefined && programRename(from, to) !== undefined;
    }),
});
