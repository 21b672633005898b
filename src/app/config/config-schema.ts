import Type, { type Static } from "typebox";
import { EvidenceConfig, NOT_BLANK, WatchdogConfig } from "./config-watch.ts";

const Effect = Type.Union(
  (["critical", "major", "minor", "cosmetic", "none"] as const).map((level) => Type.Literal(level)),
);

/** `ofac-ledger.config.json`. Everything has a default; secrets come from the environment, never from here. */
const ConfigSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    lists: Type.Optional(
      Type.Array(Type.Union([Type.Literal("sdn"), Type.Literal("consolidated")]), { minItems: 1 }),
    ),
    profile: Type.Optional(Type.Union([Type.Literal("enhanced"), Type.Literal("legacy")])),
    sources: Type.Optional(
      Type.Partial(
        Type.Object({
          serviceBase: Type.String(),
          servicePaths: Type.Array(Type.String()),
          treasuryBase: Type.Union([Type.String(), Type.Null()]),
          noticesBase: Type.String(),
          pressBase: Type.String(),
          userAgent: Type.String({ minLength: 10 }),
          allowedHosts: Type.Array(Type.String()),
          provenance: Type.Union([Type.Literal("third-party capture"), Type.Literal("composed")]),
          connectTimeoutMs: Type.Integer({ minimum: 1 }),
          headersTimeoutMs: Type.Integer({ minimum: 1 }),
          bodyTimeoutMs: Type.Integer({ minimum: 1 }),
          attemptTimeoutMs: Type.Integer({ minimum: 1 }),
          attempts: Type.Integer({ minimum: 1, maximum: 10 }),
          backoffMs: Type.Integer({ minimum: 0 }),
          gapMs: Type.Integer({ minimum: 0 }),
          maxDocumentBytes: Type.Integer({ minimum: 1 }),
          maxPageBytes: Type.Integer({ minimum: 1 }),
          maxUnpackedBytes: Type.Integer({ minimum: 1 }),
        }),
        { additionalProperties: false },
      ),
    ),
    notices: Type.Optional(Type.Boolean()),
    raw: Type.Optional(
      Type.Object(
        { dir: Type.String({ ...NOT_BLANK, description: "Where source files are kept." }) },
        { additionalProperties: false },
      ),
    ),
    evidence: Type.Optional(EvidenceConfig),
    watchdog: Type.Optional(WatchdogConfig),
    judge: Type.Optional(
      Type.Object(
        {
          levels: Type.Record(
            Type.String(),
            Type.Partial(Type.Object({ legalEffect: Effect, screeningEffect: Effect }), {
              additionalProperties: false,
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    site: Type.Optional(
      Type.Partial(
        Type.Object({
          title: Type.String({ minLength: 1 }),
          baseUrl: Type.String({ pattern: "^https?://" }),
          author: Type.String({ minLength: 1 }),
          tagAuthority: Type.String({ minLength: 1 }),
          tagDate: Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }),
          repositoryUrl: Type.Union([Type.String({ pattern: "^https?://" }), Type.Null()]),
        }),
        { additionalProperties: false },
      ),
    ),
    mail: Type.Optional(
      Type.Partial(
        Type.Object({
          from: Type.String({ minLength: 3, description: "One mailbox, name@domain." }),
          fromName: Type.String({ minLength: 1 }),
          replyTo: Type.String({ minLength: 3 }),
          listId: Type.String({ minLength: 3, description: "RFC 2919: a host name of yours." }),
          listName: Type.String({ minLength: 1 }),
          subscriptions: Type.String({
            ...NOT_BLANK,
            description: "A file, or an https URL that is asked with OFAC_LEDGER_SUBSCRIPTIONS_TOKEN.",
          }),
          transport: Type.Union([Type.Literal("eml"), Type.Literal("smtp")]),
          emlFolder: Type.String(NOT_BLANK),
          smtpHost: Type.String({ minLength: 1 }),
          smtpPort: Type.Integer({ minimum: 1, maximum: 65_535 }),
          tls: Type.Union([Type.Literal("starttls"), Type.Literal("implicit"), Type.Literal("none")]),
          allowPlain: Type.Boolean({ description: 'Allows tls "none" to another machine.' }),
          caFile: Type.String({ ...NOT_BLANK, description: "PEM of an authority to trust." }),
          clientName: Type.String({ pattern: "^[A-Za-z0-9.-]+$", description: "Said with EHLO." }),
          oauthUrl: Type.String({
            pattern: "^(https://|http://(localhost|127\\.0\\.0\\.1)[:/])",
            description: "Where OAuth2 tokens are made from a refresh token.",
          }),
          connections: Type.Integer({ minimum: 1, maximum: 50 }),
          perSecond: Type.Number({ exclusiveMinimum: 0, maximum: 10_000 }),
          timeoutSeconds: Type.Integer({ minimum: 1, maximum: 3_600 }),
          dkim: Type.Object(
            { domain: Type.String({ minLength: 1 }), selector: Type.String({ minLength: 1 }) },
            { additionalProperties: false, description: "The key comes from the environment." },
          ),
          unsubscribeMailto: Type.String({ minLength: 3 }),
          unsubscribeUrl: Type.String({
            pattern: "^https://",
            description: "{token} names the subscription.",
          }),
          oneClick: Type.Boolean({ description: "unsubscribeUrl takes RFC 8058's POST." }),
        }),
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

export type ConfigFile = Static<typeof ConfigSchema>;

/** JSON Schema (2020-12) of the configuration file. */
export const CONFIG_SCHEMA: typeof ConfigSchema = ConfigSchema;
