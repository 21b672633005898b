import { eventRule } from "../rule.ts";

/** The identical edit on ten or more parties. */
export const massEdit = eventRule({
  id: "mass-edit",
  title: "the identical edit on ten or more parties",
  why: "One administrative act, to be read as one line; what else changed on those parties is told by name.",
  source: "Publications with 499, 135 and 44 identical edits (2022)",
});
