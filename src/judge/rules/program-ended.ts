import { eventRule } from "../rule.ts";

/** The end of a sanctions program. */
export const programEnded = eventRule({
  id: "program-ended",
  title: "the end of a sanctions program",
  why: "Delistings and moves to other programs that have one cause are one event with its parts.",
  source:
    "The executive order that ended the emergency, where data/programs.ts names it; else a tag that left the list at once on ten or more parties",
});
