export { fieldLine, fieldView } from "./change-view.ts";
export {
  type PreparedDigest,
  prepareDigest,
  prepareUnchanged,
  renderDigest,
  renderUnchanged,
  type UnchangedInput,
} from "./digest.ts";
export type {
  Digest,
  DigestInput,
  DigestPublication,
  DigestSubscription,
  Freshness,
  OpenMatch,
} from "./digest-input.ts";
export type {
  CardFonts,
  LookedStretch,
  MonthTimes,
  ProgramFacts,
  SegmentState,
  SiteFacts,
  SiteInput,
  SiteStatus,
  TemplateSources,
} from "./input.ts";
export { ENGLISH, findLanguage, type Language, languageTags, readLanguage } from "./language.ts";
export { inlineStyles } from "./mail-styles.ts";
export { type PublicationView, publicationView } from "./publication-view.ts";
export { planSite, renderSite } from "./site.ts";
export {
  compileTemplates,
  type InlineStyles,
  SCRIPT_NAMES,
  TEMPLATE_NAMES,
  type Templates,
} from "./templates.ts";
export { type ChildWords, describeChild } from "./words-child.ts";
