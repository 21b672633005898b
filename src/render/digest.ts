import { UsageError } from "../domain/index.ts";
import { digestHtml } from "./digest-html.ts";
import type { Digest, DigestInput } from "./digest-input.ts";
import { digestText } from "./digest-text.ts";
import { digestView } from "./digest-view.ts";
import type { Templates } from "./templates.ts";

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
