import { partOf } from "../keys/match-keys.ts";
import { fieldRule } from "../rule.ts";
import { valuesOf } from "../view.ts";

/** The mark "Consolidated List" set or taken away. */
export const consolidatedListMark = fieldRule({
  id: "consolidated-list-mark",
  areas: ["list"],
  actions: ["add", "remove", "change"],
  legalEffect: "cosmetic",
  screeningEffect: "cosmetic",
  title: 'the mark "Consolidated List" set or taken away',
  why: "It marks every party of the non-SDN file and prohibits nothing by itself; the list that does stands beside it.",
  source: "List 91512 of the Enhanced format stands on every party of the consolidated file",
  applies: ({ field }) =>
    valuesOf(field).every((value) => partOf("list", value).lists?.[0]?.name === "Consolidated List"),
});
