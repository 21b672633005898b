import { AREAS } from "../../domain/index.ts";
import { fieldRule } from "../rule.ts";
import { isRecreated } from "../view.ts";

/** Re-created with equal content under another id of OFAC. */
export const recreatedChild = fieldRule({
  id: "recreated-child",
  areas: AREAS.filter((shape) => shape.shape === "set" && shape.area !== "remarks").map(
    (shape) => shape.area,
  ),
  actions: ["change"],
  legalEffect: "cosmetic",
  screeningEffect: "cosmetic",
  title: "re-created with equal content under another id of OFAC",
  why: "OFAC's staff re-create parts of an entry; what it says is unchanged. The fact is kept, since consumers key by these ids.",
  source: "OFAC delta files show parts removed and added with the same text (CITY Tehran, 24 August 2026)",
  applies: isRecreated,
});
