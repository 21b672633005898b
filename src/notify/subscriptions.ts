import {
  COUNTRIES,
  countryIso,
  EFFECTS,
  EVENT_KINDS,
  isCountry,
  isIsoDate,
  KNOWN_PROGRAMS,
  PARTY_TYPES,
  UsageError,
} from "../domain/index.ts";
import { normalHook, normalMailbox } from "./address.ts";
import { type Cadence, isTimeZone, type QuietPeriod, WEEKDAYS } from "./cadence.ts";
import { Fields } from "./fields.ts";
import { isProgramTag } from "./programs.ts";
import { CHANNELS, type ChannelName, type Filters, LIST_CODES, type Subscription } from "./subscription.ts";

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const LISTS = Object.keys(LIST_CODES).filter((code): code is keyof typeof LIST_CODES => code in LIST_CODES);

/**
 * Reads a subscriptions document: `{"formatVersion": "1.0", "subscriptions": [ … ]}`. Strict: a member that
 * is not known, an address that is not exactly one mailbox, a time zone that does not exist, a country that
 * nobody spells so, a party type or an event that there is not are refused, because a typing error must not become a
 * filter that silently hides. OFAC makes new program tags: one that nobody has seen is a doubt (`programDoubts`), and
 * only what is no tag at all is refused. All faults are told at once, by subscription id; an address or a secret is
 * never quoted.
 * @param webhookSecret signs for webhooks that have no secret of their own; 32 characters or more
 * @throws UsageError `subscriptions` naming each faulty subscription
 */
export function readSubscriptions(
  text: string,
  { webhookSecret }: { readonly webhookSecret?: string | undefined } = {},
): readonly Subscription[] {
  const faults: string[] = [];
  const document = new Fields(parse(text), "the document", faults);
  document.oneOf("formatVersion", ["1.0"]);
  const entries = document.list("subscriptions");
  const subscriptions = entries.map((entry, at) => readOne(entry, at, faults, webhookSecret));
  document.finish();
  const seen = new Set<string>();
  for (const { id } of subscriptions) {
    if (id !== "" && seen.has(id))
      faults.push(`subscription "${id}": expected an id of its own, found it twice`);
    seen.add(id);
  }
  if (faults.length > 0) throw refusal(faults);
  return subscriptions;
}

const SHOWN = 20;

function refusal(faults: readonly string[]): UsageError {
  const more = faults.length > SHOWN ? `\n… and ${faults.length - SHOWN} more` : "";
  return new UsageError(
    "subscriptions",
    `the subscriptions cannot be used, nothing was sent; correct and try again:\n${faults.slice(0, SHOWN).join("\n")}${more}`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // JSON.parse quotes the text around an error, which may hold addresses: neither message nor cause is kept.
    throw new UsageError(
      "subscriptions",
      `expected the subscriptions as a JSON document, found ${text.length} characters that are none: check it with a JSON linter`,
    );
  }
}

function readOne(
  entry: unknown,
  at: number,
  faults: string[],
  webhookSecret: string | undefined,
): Subscription {
  const id = nameOf(entry);
  const fields = new Fields(
    entry,
    id === "" ? `subscription number ${at + 1}` : `subscription "${id}"`,
    faults,
  );
  fields.text("id", (text) => ID.test(text), "1 to 64 letters, digits, dots, hyphens and underscores");
  const channel = fields.oneOf<ChannelName>("channel", CHANNELS, "mail");
  const address = fields.secretText(
    "address",
    channel === "mail" ? normalMailbox : normalHook,
    ADDRESS[channel],
  );
  const secret = channel === "webhook" ? readSecret(fields, webhookSecret) : undefined;
  const quiet = fields.has("quiet") ? readQuiet(fields.object("quiet")) : undefined;
  const cadence = readCadence(fields);
  const confirmUnchanged = fields.flag("confirmUnchanged");
  if (confirmUnchanged && cadence.kind === "immediate") {
    fields.fault("confirmUnchanged", "a daily or weekly cadence with it", "immediate");
  }
  const subscription: Subscription = {
    id,
    channel,
    address,
    ...(secret === undefined ? {} : { secret }),
    since: fields.text("since", isIsoDate, "a date YYYY-MM-DD"),
    cadence,
    ...(quiet === undefined ? {} : { quiet }),
    filters: fields.has("filters") ? readFilters(fields.object("filters")) : {},
    format: fields.oneOf("format", ["html", "text"] as const, "html"),
    language: fields.text("language", (text) => LANGUAGE.test(text), "a language tag such as en", "en"),
    confirmUnchanged,
    attachRescreen: fields.flag("attachRescreen"),
    mailingList: fields.flag("mailingList"),
  };
  fields.finish();
  return subscription;
}

const isSecret = (text: string) => (text.length >= 32 ? text : undefined);

function readSecret(fields: Fields, shared: string | undefined): string {
  if (fields.has("secret") || shared === undefined) {
    return fields.secretText("secret", isSecret, "32 characters or more");
  }
  if (isSecret(shared) === undefined) {
    fields.fault("secret", "32 characters or more in OFAC_LEDGER_WEBHOOK_SECRET", String(shared.length));
  }
  return shared;
}

const ADDRESS: Readonly<Record<ChannelName, string>> = {
  mail: "exactly one mailbox, name@domain",
  webhook: "an https URL without user name, password or fragment",
  slack: "an https URL without user name, password or fragment",
  teams: "an https URL without user name, password or fragment",
};

function nameOf(entry: unknown): string {
  const id: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, "id") : undefined;
  return typeof id === "string" && ID.test(id) ? id : "";
}

function readCadence(fields: Fields): Cadence {
  if (!fields.has("cadence")) return { kind: "immediate" };
  if (fields.is("cadence", "immediate")) return { kind: "immediate" };
  const cadence = fields.object("cadence");
  const kind = cadence.oneOf("kind", ["immediate", "daily", "weekly"] as const);
  if (kind === "immediate") {
    cadence.finish();
    return { kind };
  }
  const when = { hour: readHour(cadence, "hour", 23), timeZone: readTimeZone(cadence) };
  const read: Cadence =
    kind === "daily" ? { kind, ...when } : { kind, weekday: cadence.oneOf("weekday", WEEKDAYS), ...when };
  cadence.finish();
  return read;
}

function readQuiet(fields: Fields): QuietPeriod {
  const quiet = {
    from: readHour(fields, "from", 23),
    to: readHour(fields, "to", 24),
    timeZone: readTimeZone(fields),
  };
  if (quiet.from === quiet.to) fields.fault("to", "another hour than from", String(quiet.to));
  if (quiet.from === 0 && quiet.to === 24) fields.fault("to", "some hour left to send in", "the whole day");
  fields.finish();
  return quiet;
}

function readHour(fields: Fields, name: string, most: number): number {
  return fields.integer(name, 0, most);
}

function readTimeZone(fields: Fields): string {
  return fields.text("timeZone", isTimeZone, "an IANA time zone such as America/New_York");
}

function readFilters(fields: Fields): Filters {
  const lists = fields.values("lists", isListCode, `some of ${LISTS.join(", ")}`);
  const programs = fields.values(
    "programs",
    isProgramTag,
    "OFAC's program tags such as SDGT",
    KNOWN_PROGRAMS,
  );
  const types = fields.values("types", isType, `some of ${PARTY_TYPES.join(", ")}`, PARTY_TYPES);
  const countries = fields.values("countries", isKnownCountry, COUNTRY_HINT);
  const events = fields.values("events", isEvent, `some of ${EVENT_KINDS.join(", ")}`, EVENT_KINDS);
  const floor = fields.has("minimumMateriality") ? fields.oneOf("minimumMateriality", EFFECTS) : undefined;
  fields.finish();
  return {
    ...(lists === undefined ? {} : { lists }),
    ...(programs === undefined ? {} : { programs }),
    ...(types === undefined ? {} : { types }),
    ...(countries === undefined ? {} : { countries }),
    ...(events === undefined ? {} : { events }),
    ...(floor === undefined ? {} : { minimumMateriality: floor }),
  };
}

const COUNTRY_HINT = 'countries as OFAC spells them ("Korea, North") or ISO 3166-1 codes ("KP")';
const CODES: ReadonlySet<string> = new Set(COUNTRIES.map(countryIso).filter((code) => code !== null));

function isListCode(text: string): text is keyof typeof LIST_CODES {
  return LISTS.some((code) => code === text);
}

function isType(text: string): text is string {
  return PARTY_TYPES.includes(text);
}

function isEvent(text: string): text is string {
  return EVENT_KINDS.includes(text);
}

function isKnownCountry(text: string): text is string {
  return CODES.has(text) || isCountry(text);
}
