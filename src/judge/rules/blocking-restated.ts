import { fieldRule } from "../rule.ts";

/** Whether the party is blocked is stated otherwise. */
export const blockingRestated = fieldRule({
  id: "blocking-restated",
  areas: ["blocking"],
  actions: ["change"],
  legalEffect: "minor",
  screeningEffect: "none",
  title: "whether the party is blocked is stated otherwise",
  why: "Neither before nor after is it known to be blocked; still a reader should see that the statement changed.",
  source: "Blocking follows from lists and sanctions types, never from program tags alone",
});
