import { nameKey, type Party, type PressMention, type PressRelease } from "../domain/index.ts";

/** Forms under which prose names a party: names in both orders, company forms left out, short forms it introduces. */
function proseForms(party: Pick<Party, "name" | "aliases" | "type">): string[] {
  const forms: string[] = [];
  for (const { full } of [party.name, ...(party.aliases ?? [])]) {
    const parts = full.split(/,\s*/);
    const [last = "", ...rest] = parts;
    if (party.type === "individual" && rest.length > 0)
      forms.push(`${last} ${rest.join(" ")}`, `${rest.join(" ")} ${last}`);
    forms.push(full);
    forms.push(...withoutForms(full));
  }
  return [...new Set(forms.map(proseKey))].filter((form) => form.length >= 4);
}

const COMPANY_FORM =
  /,?\s+(?:incorporated|inc|limited|ltd|llc|l\.l\.c|llp|plc|pte|pvt|co|company|corporation|corp|s\.?a\.?(?: de c\.?v)?|s\.? de r\.?l\.?(?: de c\.?v)?|gmbh|ag|fze|fzco?|dmcc|jsc|ojsc|pjsc|ooo|oao|zao|pao)\.?$/i;

/** `GAMMA COMPANY, LIMITED` is also called Gamma Company, or Gamma; too short a rest is anybody's name. */
function withoutForms(full: string): string[] {
  const forms: string[] = [];
  let rest = full;
  for (let bare = rest.replace(COMPANY_FORM, ""); bare !== rest && bare.length >= 6; ) {
    forms.push(bare);
    rest = bare;
    bare = rest.replace(COMPANY_FORM, "");
  }
  return forms;
}

/** Words alone, apart by one blank, with a blank at both ends: so that "ROMA" is not found in "aroma". */
function proseKey(text: string): string {
  return ` ${nameKey(text)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

/** A press release, its paragraphs keyed once for all parties. */
export interface Prose {
  readonly release: PressRelease;
  readonly paragraphs: readonly { readonly text: string; readonly key: string }[];
  /** `Long Name (Short)`: what stands before the parentheses, and the short form in them. */
  readonly introduced: readonly {
    readonly before: string;
    readonly short: string;
    readonly paragraph: number;
  }[];
}

const INTRODUCED =
  /([^()]{3,160}?)\s*\(\s*["\u201C]?([\p{L}\p{N}][\p{L}\p{N} .&'\u2019-]{1,40}?)["\u201D]?\s*\)/gu;

/** Prepares a press release to be asked for parties. */
export function prose(release: PressRelease): Prose {
  const paragraphs = release.text.split("\n\n").map((text) => ({ text, key: proseKey(text) }));
  const introduced = paragraphs.flatMap(({ text }, paragraph) =>
    [...text.matchAll(INTRODUCED)].map((match) => ({
      before: proseKey(match[1] ?? ""),
      short: proseKey(match[2] ?? ""),
      paragraph,
    })),
  );
  return { release, paragraphs, introduced: introduced.filter(({ short }) => short.trim().length >= 2) };
}

/**
 * The paragraphs that name a party, verbatim, in order. A paragraph counts when it has one of the party's names
 * in full, or the short form that such a paragraph introduces in parentheses.
 */
export function mentionsOf(
  party: Pick<Party, "name" | "aliases" | "type">,
  all: readonly Prose[],
): PressMention[] {
  const forms = proseForms(party);
  return all.flatMap(({ release, paragraphs, introduced }) => {
    const short = introduced.filter(({ before }) => forms.some((form) => before.endsWith(form)));
    return paragraphs.flatMap(({ text, key }, paragraph): PressMention[] => {
      // "Kim" is a party only once "Kim Sang Man (Kim)" has been said; before that it is anybody.
      const known = [...forms, ...short.filter((one) => one.paragraph <= paragraph).map((one) => one.short)];
      if (!known.some((form) => key.includes(form))) return [];
      const authorities = authoritiesFor(known, text);
      return [{ pressRelease: release.id, url: release.url, paragraph, text, authorities }];
    });
  });
}

const AUTHORITY = /\b(?:E\.\s?O\.|EO|Executive Orders?(?: \(E\.O\.\))?)\s+(1\d{4})\b/g;

/** Authorities in the sentences that say under what this party is designated. */
function authoritiesFor(forms: readonly string[], text: string): string[] {
  const found: string[] = [];
  for (const sentence of text.split(/(?<=[.!?]["\u201D]?)\s+(?=[\p{Lu}"\u201C])(?<!\b(?:E|O|U|S)\.\s)/u)) {
    const key = proseKey(sentence);
    if (
      !/\bdesignat|\bidentif|\bsanction|\bdetermin/i.test(sentence) ||
      !/\bpursuant to\b|\bunder\b/i.test(sentence)
    )
      continue;
    if (
      /\bwas (?:previously )?designated\b|\bwere (?:previously )?designated\b|\bpreviously designated\b/i.test(
        sentence,
      )
    )
      continue;
    if (!forms.some((form) => key.includes(form))) continue;
    for (const match of sentence.matchAll(AUTHORITY)) found.push(`E.O. ${match[1]}`);
  }
  return [...new Set(found)];
}
