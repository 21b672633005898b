import { fieldRule } from "../rule.ts";
import { leavesKeysAlone } from "../view.ts";

/** Details of a match key, the key itself unchanged. */
export const keyDetails = fieldRule({
  id: "key-details",
  areas: ["alias", "document", "wallet", "contact", "vessel", "aircraft", "feature"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "details of a match key, the key itself unchanged",
  why: "No key of the party came, went or changed its strength; an issue date, a comment, OFAC's label or an alias type did.",
  source: "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says",
  applies: leavesKeysAlone,
});
