import type { Rule } from "../rule.ts";
import { address } from "./address.ts";
import { aircraftDetail } from "./aircraft-detail.ts";
import { aircraftIdentifier } from "./aircraft-identifier.ts";
import { aliasBecameStrong } from "./alias-became-strong.ts";
import { aliasBecameWeak } from "./alias-became-weak.ts";
import { becameBlocked } from "./became-blocked.ts";
import { blockingRestated } from "./blocking-restated.ts";
import { ceasedToBeBlocked } from "./ceased-to-be-blocked.ts";
import { consolidatedListMark } from "./consolidated-list-mark.ts";
import { contact } from "./contact.ts";
import { delisting } from "./delisting.ts";
import { discriminator } from "./discriminator.ts";
import { document } from "./document.ts";
import { duplicateCleanUp } from "./duplicate-clean-up.ts";
import { featureDetail } from "./feature-detail.ts";
import { featureIdentifier } from "./feature-identifier.ts";
import { featureOfUnknownKind } from "./feature-of-unknown-kind.ts";
import { formatting } from "./formatting.ts";
import { ftoGained } from "./fto-gained.ts";
import { ftoLost } from "./fto-lost.ts";
import { keyDetails } from "./key-details.ts";
import { legalAuthorityChanged } from "./legal-authority-changed.ts";
import { legalAuthorityGained } from "./legal-authority-gained.ts";
import { legalAuthorityLost } from "./legal-authority-lost.ts";
import { likelySameParty } from "./likely-same-party.ts";
import { listGained } from "./list-gained.ts";
import { listLost } from "./list-lost.ts";
import { listRedated } from "./list-redated.ts";
import { listRemoval } from "./list-removal.ts";
import { listTransfer } from "./list-transfer.ts";
import { listing } from "./listing.ts";
import { mainEntryMoved } from "./main-entry-moved.ts";
import { massEdit } from "./mass-edit.ts";
import { nameChanged } from "./name-changed.ts";
import { partyType } from "./party-type.ts";
import { primaryAliasSwap } from "./primary-alias-swap.ts";
import { programChanged } from "./program-changed.ts";
import { programEnded } from "./program-ended.ts";
import { programGained } from "./program-gained.ts";
import { programLost } from "./program-lost.ts";
import { programRenamed } from "./program-renamed.ts";
import { reListing } from "./re-listing.ts";
import { recreatedChild } from "./recreated-child.ts";
import { redesignation } from "./redesignation.ts";
import { relationship } from "./relationship.ts";
import { remarks } from "./remarks.ts";
import { restrictionChanged } from "./restriction-changed.ts";
import { restrictionGained } from "./restriction-gained.ts";
import { restrictionLost } from "./restriction-lost.ts";
import { sameMeaningWording } from "./same-meaning-wording.ts";
import { sanctionsTypeChanged } from "./sanctions-type-changed.ts";
import { sanctionsTypeGained } from "./sanctions-type-gained.ts";
import { sanctionsTypeLost } from "./sanctions-type-lost.ts";
import { secondarySanctionsChanged } from "./secondary-sanctions-changed.ts";
import { secondarySanctionsGained } from "./secondary-sanctions-gained.ts";
import { secondarySanctionsLost } from "./secondary-sanctions-lost.ts";
import { strongAlias } from "./strong-alias.ts";
import { title } from "./title.ts";
import { usOwnedInstitutionsChanged } from "./us-owned-institutions-changed.ts";
import { usOwnedInstitutionsGained } from "./us-owned-institutions-gained.ts";
import { usOwnedInstitutionsLost } from "./us-owned-institutions-lost.ts";
import { vesselDetail } from "./vessel-detail.ts";
import { vesselFlag } from "./vessel-flag.ts";
import { vesselIdentifier } from "./vessel-identifier.ts";
import { wallet } from "./wallet.ts";
import { weakAlias } from "./weak-alias.ts";

/** Counts the meanings the table has had: raise it when a level, a condition or an event changes. */
export const JUDGE_VERSION = 1;

/**
 * Every rule, in the order in which they are tried: the first that fits a party's fate, or a field's area,
 * action and values, judges it. What only is writing comes first, then law, then screening.
 */
export const RULES: readonly Rule[] = [
  listRemoval,
  listTransfer,
  redesignation,
  duplicateCleanUp,
  likelySameParty,
  reListing,
  listing,
  delisting,
  recreatedChild,
  formatting,
  mainEntryMoved,
  sameMeaningWording,
  consolidatedListMark,
  programRenamed,
  becameBlocked,
  ceasedToBeBlocked,
  blockingRestated,
  sanctionsTypeGained,
  sanctionsTypeLost,
  sanctionsTypeChanged,
  listGained,
  listLost,
  listRedated,
  usOwnedInstitutionsGained,
  usOwnedInstitutionsLost,
  usOwnedInstitutionsChanged,
  restrictionGained,
  restrictionLost,
  restrictionChanged,
  ftoGained,
  ftoLost,
  programGained,
  programLost,
  programChanged,
  secondarySanctionsGained,
  secondarySanctionsLost,
  secondarySanctionsChanged,
  legalAuthorityGained,
  legalAuthorityLost,
  legalAuthorityChanged,
  primaryAliasSwap,
  aliasBecameStrong,
  aliasBecameWeak,
  keyDetails,
  nameChanged,
  strongAlias,
  weakAlias,
  document,
  wallet,
  contact,
  vesselIdentifier,
  vesselFlag,
  vesselDetail,
  aircraftIdentifier,
  aircraftDetail,
  featureIdentifier,
  featureOfUnknownKind,
  featureDetail,
  discriminator,
  address,
  title,
  remarks,
  relationship,
  partyType,
  massEdit,
  programEnded,
];
