import { type Instant, UsageError } from "../domain/index.ts";
import { digestHtml } from "./digest-html.ts";
import type { Digest, DigestInput, DigestSubscription } from "./digest-input.ts";
import { digestText } from "./digest-text.ts";
import { digestView, unsubscribeLinks } from "./digest-view.ts";
import type { SiteFacts } from "./input.ts";
import { absolute } from "./page.ts";
import type { Templates } from "./templates.ts";
import { DISCLAIMERS, REMOVAL_NOTE } from "./words.ts";
import { instantWords } from "./words-date.ts";
import { MAIL_WORDS } from "./words-mail.ts";

/** What a mail says that has nothing to tell. */
export interface UnchangedInput {
  readonly site: SiteFacts;
  /** When every list was last looked at with success; null when one never was. */
  readonly lookedAt: Instant | null;
  readonly subscription: DigestSubscription;
}

/** The confirmation that nothing changed, for those who asked for one. */
export function renderUnchanged(input: UnchangedInput, templates: Templates): Digest {
  const looked = input.lookedAt === null ? MAIL_WORDS.neverLooked : instantWords(input.lookedAt);
  const view = {
    words: MAIL_WORDS,
    subject: MAIL_WORDS.unchangedSubject,
    preheader: `${MAIL_WORDS.lookedAt}: ${looked}`,
    siteTitle: input.site.title,
    homeUrl: absolute(input.site, ""),
    composedBanner: null,
    disclaimers: DISCLAIMERS,
    removalNote: REMOVAL_NOTE,
    parts: [],
    notes: [`${MAIL_WORDS.unchanged} ${MAIL_WORDS.lookedAt}: ${looked}.`, ...input.subscription.notes],
    unsubscribe: unsubscribeLinks(input.subscription),
  };
  return {
    subject: view.subject,
    preheader: view.preheader,
    text: digestText(view),
    html: digestHtml(view, templates),
  };
}

/**
 * The words of one mail, in text and HTML.
 * @throws UsageError (`digest-empty`) without a publication: an empty mail would say that something happened.
 */
export function renderDigest(input: DigestInput, templates: Templates): Digest {
  if (input.publications.length === 0) {
    throw new UsageError(
      "digest-empty",
      `Expected at least one publication for a digest of subscription ${input.subscription.id}, found none; plan no mail for it.`,
    );
  }
  const view = digestView(input);
  return {
    subject: view.subject,
    preheader: view.preheader,
    text: digestText(view),
    html: digestHtml(view, templates),
  };
}
