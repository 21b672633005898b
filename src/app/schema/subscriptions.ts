import Type from "typebox";
import { EFFECTS, EVENT_KINDS, PARTY_TYPES } from "../../domain/index.ts";
import { some, text, texts } from "./words.ts";

const timeZone = text("An IANA time zone, e.g. America/New_York.");
const hour = (most: number) => Type.Integer({ minimum: 0, maximum: most });
const weekday = Type.Enum(["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]);

const Filters = Type.Object(
  {
    lists: some(Type.Array(Type.Enum(["SDN", "SSI", "NS-PLC", "CAPTA", "NS-MBS", "NS-CMIC", "FSE"]))),
    programs: some(texts("OFAC's tags, e.g. SDGT.")),
    types: some(Type.Array(Type.Enum([...PARTY_TYPES]))),
    countries: some(texts("OFAC's spelling or ISO 3166-1 alpha-2.")),
    events: some(Type.Array(Type.Enum([...EVENT_KINDS]))),
    minimumMateriality: some(Type.Enum([...EFFECTS], { description: "Never hides additions or removals." })),
  },
  {
    title: "Filters",
    additionalProperties: false,
    description:
      "Each named one must match; inside one, any value does. What the source cannot tell matches.",
  },
);

const Cadence = Type.Union([
  Type.Literal("immediate"),
  Type.Object({ kind: Type.Literal("immediate") }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal("daily"), hour: hour(23), timeZone }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal("weekly"), weekday, hour: hour(23), timeZone },
    { additionalProperties: false },
  ),
]);

const SubscriptionEntry = Type.Object(
  {
    id: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description: "Names it in reports." }),
    channel: some(Type.Enum(["mail", "webhook", "slack", "teams"])),
    address: text("One mailbox, or the https URL of a hook."),
    secret: some(Type.String({ minLength: 32, description: "Of a webhook: signs its bodies." })),
    since: Type.String({
      pattern: "^\\d{4}-\\d{2}-\\d{2}$",
      description: "Nothing published earlier is sent.",
    }),
    cadence: some(Cadence),
    quiet: some(
      Type.Object(
        { from: hour(23), to: hour(24), timeZone },
        { additionalProperties: false, title: "Quiet" },
      ),
    ),
    filters: some(Filters),
    format: some(Type.Enum(["html", "text"])),
    language: some(text("BCP 47, e.g. en.")),
    confirmUnchanged: some(Type.Boolean({ description: "Say so when nothing changed." })),
    attachRescreen: some(Type.Boolean({ description: "Attach the re-screen pack." })),
    mailingList: some(Type.Boolean({ description: "The address is that of a mailing list." })),
  },
  {
    title: "Subscription",
    additionalProperties: false,
    description: "Someone who wants to hear, and of what.",
  },
);

/** The subscriptions document, as an operator writes it. The program checks more than a schema can say. */
export const Subscriptions = Type.Object(
  { formatVersion: Type.Literal("1.0"), subscriptions: Type.Array(SubscriptionEntry) },
  { title: "Subscriptions", additionalProperties: false, description: "Who is told, of what, and when." },
);
