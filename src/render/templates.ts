import Handlebars from "handlebars";
import { canonicalJson, type Hash, sha256, UsageError } from "../domain/index.ts";
import type { TemplateSources } from "./input.ts";
import { cleanText } from "./text.ts";

/** Every template and asset, by its path below `templates/`. */
export const TEMPLATE_NAMES: readonly string[] = [
  "assets/icon.svg",
  "assets/site.css",
  "feed/checks.hbs",
  "feed/entry.hbs",
  "feed/notice.hbs",
  "languages/de.json",
  "mail/digest.css",
  "mail/digest.hbs",
  "mail/foot.hbs",
  "partials/change.hbs",
  "partials/items.hbs",
  "partials/layout.hbs",
  "partials/overview.hbs",
  "partials/mail-alert.hbs",
  "partials/mail-change.hbs",
  "partials/mail-changes.hbs",
  "partials/mail-fact.hbs",
  "partials/mail-facts.hbs",
  "partials/mail-glance.hbs",
  "partials/mail-group.hbs",
  "partials/mail-lines.hbs",
  "partials/mail-links.hbs",
  "partials/mail-names.hbs",
  "partials/mail-party.hbs",
  "partials/mail-quiet.hbs",
  "partials/mail-quote.hbs",
  "partials/mail-quotes.hbs",
  "partials/mail-section.hbs",
  "partials/mail-text.hbs",
  "partials/party.hbs",
  "partials/reconciliation.hbs",
  "partials/why.hbs",
  "site/404.hbs",
  "site/about.hbs",
  "site/history.hbs",
  "site/index.hbs",
  "site/notice.hbs",
  "site/party.hbs",
  "site/program.hbs",
  "site/programs.hbs",
  "site/publication.hbs",
  "site/search.hbs",
  "site/status.hbs",
  "site/subscribe.hbs",
  "site/watch.hbs",
];

/** The pages' scripts, bundled from `client/` into `dist/`; names as in `TEMPLATE_NAMES`. */
export const SCRIPT_NAMES: readonly string[] = [
  "assets/changelog.js",
  "assets/search.js",
  "assets/site.js",
  "assets/status.js",
  "assets/watch.js",
];

/** Templates ready to use. */
export interface Templates {
  /** Of one source: part of the inputs of what is rendered with it. */
  hash(name: string): Hash;
  /** Over every partial: any template may use any. */
  readonly partials: Hash;
  /** The HTML of a view. A member the template names and the view lacks is an error, not a gap. */
  render(name: string, view: object): string;
  /** A source that is not a template. */
  asset(name: string): string;
}

const OPTIONS: CompileOptions = { strict: true, knownHelpersOnly: true, noEscape: false };

/** Puts the rules of a style sheet onto the elements of a template. */
export type InlineStyles = (template: string, css: string) => string;

/**
 * Compiles what was loaded. Every value is escaped, helpers are Handlebars' own blocks only, and the text a
 * template gives is free of control and bidi characters whatever the view held.
 * @param inline needed by mails alone, so that a site is built without the library behind it
 * @throws UsageError (`template-missing`) when a source is not among those given.
 */
export function compileTemplates(sources: TemplateSources, inline?: InlineStyles): Templates {
  const env = Handlebars.create();
  const raw = (name: string): string => {
    const found = sources[name];
    if (found !== undefined) return found;
    throw new UsageError(
      "template-missing",
      `Expected the template ${name}, found ${Object.keys(sources).length} others; restore templates/${name} from the package.`,
    );
  };
  const source = (name: string): string => {
    if (!isMail(name)) return raw(name);
    if (inline === undefined) throw new Error(`${name} is compiled without a way to inline its styles`);
    return inline(raw(name), raw(MAIL_CSS));
  };
  const partials = TEMPLATE_NAMES.filter((name) => name.startsWith("partials/"));
  for (const name of partials) {
    if (inline !== undefined || !isMail(name)) env.registerPartial(partialName(name), source(name));
  }
  const compiled = new Map<string, (view: object) => string>();
  const hashes = new Map<string, Hash>();
  const compile = (name: string): ((view: object) => string) => {
    const template = compiled.get(name) ?? env.compile<object>(source(name), OPTIONS);
    compiled.set(name, template);
    return template;
  };
  return {
    hash(name) {
      const hash = hashes.get(name) ?? sha256(raw(name));
      hashes.set(name, hash);
      return hash;
    },
    partials: sha256(canonicalJson(partials.map((name) => [name, raw(name)]))),
    render: (name, view) => cleanText(compile(name)(view)),
    asset: raw,
  };
}

const MAIL_CSS = "mail/digest.css";
const isMail = (name: string): boolean =>
  name.endsWith(".hbs") && (name.startsWith("mail/") || name.startsWith("partials/mail-"));

const partialName = (name: string): string => name.slice("partials/".length, -".hbs".length);
