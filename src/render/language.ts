import { UsageError } from "../domain/index.ts";
import type { TemplateSources } from "./input.ts";
import english from "./languages/en.json" with { type: "json" };

/** Forms of one message by the plural categories of the language (CLDR: one, few, many, other …). */
export type Forms = Readonly<Record<string, string>>;

/** Every word of ours that a mail can hold, as English has it. Another language has the same members. */
export type LanguageFile = typeof english;

/** One language, ready to speak. */
export interface Language {
  /** BCP 47, as in the file: `de`. */
  readonly tag: string;
  readonly words: LanguageFile;
  /** A message with its `{placeholders}` filled in. */
  say(message: string, values?: Values): string;
  /** The form of a message for a number; `{n}` is that number, grouped as the language does. */
  count(forms: Forms, n: number, values?: Values): string;
  /** `12,543`. */
  number(n: number): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

export type Values = Readonly<Record<string, string | number>>;

/** Categories that a language may declare; `other` is always there. */
const CATEGORIES: readonly string[] = ["zero", "one", "two", "few", "many", "other"];

/** What stands for itself in every language and is no sentence of the mail. */
const OWN: readonly string[] = ["language", "name", "pluralForms"];

/** English: the language of pages and feeds, and the measure of every other file. */
export const ENGLISH: Language = languageOf(english);

/**
 * Reads a translation. It has to have every member of the English file and no other, the same placeholders in each
 * message, and every plural form that it declares itself: a gap would print as nothing in somebody's mail.
 * @throws UsageError `language` naming each fault with the English words beside it
 */
export function readLanguage(text: string, file: string): Language {
  const value = parse(text, file);
  const faults: string[] = [];
  const forms = pluralForms(value, faults);
  compare(english, value, "", forms, faults);
  const tag = memberOf(value, "language");
  if (typeof tag !== "string" || !isTag(tag))
    faults.push('language: expected a BCP 47 tag such as "de" that this machine has plural rules for');
  if (faults.length > 0) throw refusal(file, faults);
  return languageOf(value as LanguageFile);
}

/** Where language files lie among the templates. */
const FOLDER = "languages/";

/**
 * The language of a tag: English, or the file of that tag or of a shorter one (`de-AT` is served by `de`, RFC 4647
 * §3.4). Undefined where no file has it.
 * @throws UsageError `language` when the file cannot be used
 */
export function findLanguage(sources: TemplateSources, tag: string): Language | undefined {
  for (let wanted = tag; wanted !== ""; wanted = wanted.slice(0, Math.max(0, wanted.lastIndexOf("-")))) {
    if (wanted.toLowerCase() === ENGLISH.tag) return ENGLISH;
    const file = Object.keys(sources).find(
      (name) => name.toLowerCase() === `${FOLDER}${wanted.toLowerCase()}.json`,
    );
    const source = file === undefined ? undefined : sources[file];
    if (file !== undefined && source !== undefined) return readLanguage(source, file);
  }
  return undefined;
}

/** Tags of all languages at hand. */
export function languageTags(sources: TemplateSources): string[] {
  const files = Object.keys(sources).filter((name) => name.startsWith(FOLDER) && name.endsWith(".json"));
  return [ENGLISH.tag, ...files.map((name) => name.slice(FOLDER.length, -".json".length))].sort();
}

function languageOf(words: LanguageFile): Language {
  const rules = new Intl.PluralRules(words.language);
  const number = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, words.numbers.group);
  return {
    tag: words.language,
    words,
    say,
    number,
    count: (forms, n, values = {}) =>
      say(forms[rules.select(n)] ?? forms["other"] ?? "", { n: number(n), ...values }),
    list: (items) =>
      items.length < 2
        ? items.join("")
        : `${items.slice(0, -1).join(words.lists.comma)}${words.lists.last}${items.at(-1)}`,
  };
}

const PLACEHOLDER = /\{([A-Za-z]+)\}/gu;

/** @throws UsageError `language` when a value is missing: a fault of ours that no mail should hide. */
function say(message: string, values: Values = {}): string {
  return message.replace(PLACEHOLDER, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new UsageError("language", `Expected a value for {${name}} in “${message}”, found none.`);
    return String(value);
  });
}

const SHOWN = 20;

function refusal(file: string, faults: readonly string[]): UsageError {
  const more = faults.length > SHOWN ? `\n… and ${faults.length - SHOWN} more` : "";
  return new UsageError(
    "language",
    `${file}: cannot be used as a language; mend these members:\n${faults.slice(0, SHOWN).join("\n")}${more}`,
  );
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError("language", `${file}: expected JSON, found ${String(cause)}; check the file.`, {
      cause,
    });
  }
}

/** Whether plural rules for a tag are at hand; a tag that is none has none. */
function isTag(tag: string): boolean {
  try {
    return Intl.PluralRules.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
}

function pluralForms(value: unknown, faults: string[]): readonly string[] {
  const given = memberOf(value, "pluralForms");
  const forms = Array.isArray(given) ? given.filter((form) => CATEGORIES.includes(form)) : [];
  if (forms.includes("other") && Array.isArray(given) && forms.length === given.length) return forms;
  faults.push(`pluralForms: expected some of ${CATEGORIES.join(", ")}, with "other" among them`);
  return ["other"];
}

/** Notes where a translation differs in shape from the English file. */
function compare(
  wanted: unknown,
  found: unknown,
  path: string,
  forms: readonly string[],
  faults: string[],
): void {
  if (OWN.includes(path)) return;
  if (typeof wanted === "string") compareMessage(wanted, found, path, faults);
  else if (Array.isArray(wanted)) compareTexts(wanted, found, path, faults);
  else if (isForms(wanted)) compareForms(wanted, found, path, forms, faults);
  else compareMembers(wanted, found, path, forms, faults);
}

function compareMembers(
  wanted: unknown,
  found: unknown,
  path: string,
  forms: readonly string[],
  faults: string[],
): void {
  const within = path === "" ? "" : `${path}.`;
  for (const [name, message] of Object.entries(wanted ?? {})) {
    const member = memberOf(found, name);
    if (member === undefined) faults.push(missing(`${within}${name}`, message));
    else compare(message, member, `${within}${name}`, forms, faults);
  }
  for (const name of Object.keys(typeof found === "object" && found !== null ? found : {})) {
    if (memberOf(wanted, name) === undefined)
      faults.push(`${within}${name}: not expected; English has no such member`);
  }
}

function missing(path: string, message: unknown): string {
  return `${path}: missing (English: ${JSON.stringify(message)})`;
}

function compareMessage(wanted: string, found: unknown, path: string, faults: string[]): void {
  if (typeof found !== "string" || (found.trim() === "") !== (wanted.trim() === "")) {
    faults.push(`${path}: expected a text for ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
    return;
  }
  const [own, theirs] = [placeholders(wanted), placeholders(found)];
  if (own.join() !== theirs.join())
    faults.push(
      `${path}: expected the placeholders of ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`,
    );
}

function compareTexts(wanted: readonly unknown[], found: unknown, path: string, faults: string[]): void {
  const texts = Array.isArray(found) ? found.filter((text) => typeof text === "string" && text !== "") : [];
  if (texts.length !== wanted.length)
    faults.push(`${path}: expected ${wanted.length} texts, found ${texts.length}`);
}

/** `{n}` may be left out of a form that says the number in a word; other placeholders may not. */
function compareForms(
  wanted: Forms,
  found: unknown,
  path: string,
  forms: readonly string[],
  faults: string[],
): void {
  const own = typeof found === "object" && found !== null ? Object.keys(found) : [];
  const lacking = forms.filter((form) => !own.includes(form));
  const odd = own.filter((form) => !forms.includes(form));
  if (lacking.length > 0) faults.push(`${path}: expected the plural forms ${forms.join(", ")}, found ${own}`);
  if (odd.length > 0) faults.push(`${path}: ${odd.join(", ")}: not among the pluralForms that are declared`);
  const expected = withoutNumber(wanted["other"] ?? "");
  for (const form of own) {
    const message = memberOf(found, form);
    if (typeof message !== "string" || message === "" || withoutNumber(message) !== expected)
      faults.push(
        `${path}.${form}: expected the placeholders of ${JSON.stringify(wanted["other"])}, found ${JSON.stringify(message)}`,
      );
  }
}

function isForms(value: unknown): value is Forms {
  return typeof value === "object" && value !== null && "one" in value && "other" in value;
}

function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ""))].sort();
}

const withoutNumber = (message: string): string =>
  placeholders(message)
    .filter((name) => name !== "n")
    .join();

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
