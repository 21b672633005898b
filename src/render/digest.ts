import { UsageError } from "../domain/index.ts";
import { indexContext } from "./context-view.ts";
import { facts, type Room, section, text } from "./digest-blocks.ts";
import { fitted } from "./digest-fit.ts";
import { type FootView, footView } from "./digest-foot.ts";
import type { Digest, DigestInput, DigestSubscription, Freshness } from "./digest-input.ts";
import { otherNewsSection } from "./digest-notices.ts";
import { freshnessRows } from "./digest-source.ts";
import { digestText, footText } from "./digest-text.ts";
import { type DigestView, digestView } from "./digest-view.ts";
import type { SiteFacts } from "./input.ts";
import { ENGLISH, type Language } from "./language.ts";
import type { Templates } from "./templates.ts";
import { instantWords } from "./words-date.ts";

/** A mail without its foot: the same for all who get the same of the same publications. */
export interface PreparedDigest {
  /** The mail of one subscription. */
  for(subscription: DigestSubscription): Digest;
}

/** What a mail says that has nothing to tell. */
export interface UnchangedInput extends Pick<DigestInput, "context" | "notices" | "language"> {
  readonly site: SiteFacts;
  readonly freshness: Freshness;
}

/**
 * The words of a mail, in text and HTML, ready for each reader's foot.
 * @throws UsageError (`digest-empty`) without a publication: an empty mail would say that something happened.
 */
export function prepareDigest(input: DigestInput, templates: Templates): PreparedDigest {
  if (input.publications.length === 0) {
    throw new UsageError(
      "digest-empty",
      "Expected at least one publication for a digest, found none; plan no mail for it.",
    );
  }
  const language = input.language ?? ENGLISH;
  return prepared(
    written((room) => digestView(input, language, room), language, templates),
    (subscription) => footView(subscription, input.publications, input.site, language),
    templates,
  );
}

/** The confirmation that nothing changed, for those who asked for one. */
export function prepareUnchanged(input: UnchangedInput, templates: Templates): PreparedDigest {
  const language = input.language ?? ENGLISH;
  const { mail, headline } = language.words;
  const { lookedAt } = input.freshness;
  const at = lookedAt === null ? mail.neverLooked : instantWords(lookedAt, language);
  const looked = language.say(mail.unchangedLooked, { at });
  return prepared(
    written(
      (room) => ({
        language: language.tag,
        subject: headline.unchanged,
        preheader: `${mail.unchanged} ${looked}`,
        banner: null,
        title: headline.unchanged,
        parts: [],
        sections: [
          ...section(mail.unchanged, [text(looked)]),
          ...otherNewsSection(input.notices ?? [], indexContext(input.context, []), room, language),
          ...section(mail.freshness, facts(freshnessRows(input.freshness, language))),
        ],
      }),
      language,
      templates,
    ),
    (subscription) => footView(subscription, [], input.site, language),
    templates,
  );
}

/** One mail, whole. */
export function renderDigest(
  input: DigestInput & { readonly subscription: DigestSubscription },
  templates: Templates,
): Digest {
  return prepareDigest(input, templates).for(input.subscription);
}

/** One confirmation, whole. */
export function renderUnchanged(
  input: UnchangedInput & { readonly subscription: DigestSubscription },
  templates: Templates,
): Digest {
  return prepareUnchanged(input, templates).for(input.subscription);
}

/** Where the foot goes: a row of the template's own, which no text of OFAC's can make since that is escaped. */
const FOOT = '<tr id="foot"></tr>';

function written(view: (room: Room) => DigestView, language: Language, templates: Templates): Digest {
  const {
    view: own,
    text,
    html,
  } = fitted(view, {
    text: (one) => digestText(one, language),
    html: (one) => templates.render("mail/digest.hbs", one),
  });
  return { subject: own.subject, preheader: own.preheader, text, html };
}

function prepared(
  body: Digest,
  footOf: (subscription: DigestSubscription) => FootView,
  templates: Templates,
): PreparedDigest {
  const [above = "", below = ""] = body.html.split(FOOT);
  return {
    for(subscription) {
      const foot = footOf(subscription);
      return {
        ...body,
        text: `${body.text}\n${footText(foot)}`,
        html: `${above}${templates.render("mail/foot.hbs", foot)}${below}`,
      };
    },
  };
}
