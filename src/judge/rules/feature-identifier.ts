import { fieldRule } from "../rule.ts";
import { hasKeys } from "../view.ts";

/** A SWIFT/BIC, ISIN, ticker or other code. */
export const featureIdentifier = fieldRule({
  id: "feature-identifier",
  areas: ["feature"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "major",
  title: "a SWIFT/BIC, ISIN, ticker or other code",
  why: "Payments and securities are screened by these codes.",
  source:
    "OFAC FAQ 5 (assessing a name match): what the entry says is compared with what the customer says; ISO 9362, ISO 6166",
  applies: ({ field }) => hasKeys(field),
});
