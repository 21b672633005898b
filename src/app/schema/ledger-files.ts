import Type from "typebox";
import type { ExitCode } from "../../domain/index.ts";
import type { LogEntry, Manifest } from "../../ledger/index.ts";
import type { IntentBatch, ResultBatch } from "../../notify/index.ts";
import type { SourceHealth } from "../../sources/index.ts";
import type { CheckCommits, HeldRemovals, SourceCheck } from "../look/checks.ts";
import type { SignatureFile } from "../signature.ts";
import { Receipt } from "./context.ts";
import { count, describes, formatVersion, hash, instant, list, nullable, some, text, uid } from "./words.ts";

const hashes = (description: string) =>
  Type.Unsafe<Manifest["heads"]>(Type.Record(Type.String(), hash("Of the file's bytes."), { description }));

export const ManifestSchema = describes<Manifest>()(
  "Manifest",
  "The root of what no chain holds.",
  Type.Object({
    formatVersion,
    heads: hashes("By path: the head of every segment."),
    logs: hashes("By path: the log of every collection."),
    seal: hash("Of the RFC 8785 form of the other members."),
  }),
);

export const LogLine = describes<LogEntry>()(
  "LogEntry",
  "One file of a collection: a line of its log.",
  Type.Object({ path: text("Relative to the ledger's folder."), sha256: hash("Of the file's bytes.") }),
);

export const Signature = describes<SignatureFile>()(
  "Signature",
  "A detached signature over the bytes of one file.",
  Type.Object({
    formatVersion,
    file: text("Relative to the ledger's folder."),
    algorithm: Type.Literal("ed25519", { description: "RFC 8032, without prehashing." }),
    keyId: Type.String({
      pattern: "^[0-9a-f]{16}$",
      description: "First 64 bits of SHA-256 of the public key.",
    }),
    signature: Type.String({ pattern: "^[A-Za-z0-9+/]{86}==$", description: "Base64 of the 64 bytes." }),
  }),
);

export const sourceName = Type.Enum(["sdn", "consolidated", "publications", "notices"]);
export const sourceState = Type.Enum(["current", "stale", "blocked", "held"]);

const Health = describes<SourceHealth>()(
  "SourceHealth",
  "How a source fares.",
  Type.Object({
    state: sourceState,
    since: instant("In that state since."),
    lastLook: instant("Whatever came of it."),
    lastSuccess: nullable(instant("UTC."), "The last look that was answered."),
    lastChange: nullable(instant("UTC."), "The last look that found something new."),
    consecutiveFailures: count("Looks."),
    failure: nullable(text(), "Code of the last failure, while it lasts."),
    nextLook: nullable(instant("UTC."), "Not to be asked before."),
  }),
);

export const SourceCheckFile = describes<SourceCheck>()(
  "SourceCheck",
  "What is known of a source, as it was last committed.",
  Type.Object({
    formatVersion,
    source: sourceName,
    at: instant("When this was written."),
    health: Health,
    trouble: nullable(
      Type.Object({ exitCode: Type.Unsafe<ExitCode>(count("Exit code.")), message: text() }),
      "What went wrong, while it lasts.",
    ),
    receipts: Type.Array(Receipt),
    lateLook: some(instant("Of the notices: when what the last days still lacked was asked for again.")),
    chain: some(
      hash("Of a list: the newest record of its chain then; with another one the receipts say nothing."),
    ),
    newest: some(
      Type.Object(
        { id: count("OFAC's number of it."), at: instant("OFAC's instant of it.") },
        { description: "Of the publication history: the newest publication it listed." },
      ),
    ),
  }),
);

export const HeldRemovalsFile = describes<HeldRemovals>()(
  "HeldRemovals",
  "Removals that wait for confirmation.",
  Type.Object({
    formatVersion,
    list: list(),
    source: hash("Of the file that no longer holds them."),
    sourceSince: instant("When it was first seen."),
    waiting: Type.Array(Type.Object({ since: instant("First missed."), uids: Type.Array(uid("A party.")) })),
    reason: text(),
  }),
);

export const CheckCommitsFile = describes<CheckCommits>()(
  "CheckCommits",
  "When nothing but checks was committed.",
  Type.Object({ formatVersion, at: Type.Array(instant("UTC.")) }),
);

const batchId = Type.String({
  pattern: "^\\d{6}-\\d{8}T\\d{6}Z$",
  description: "Place in the ledger, and instant.",
});
const key = text("A keyed hash.");

export const Intents = describes<IntentBatch>()(
  "IntentBatch",
  "What is about to be handed over: keyed hashes only.",
  Type.Object({
    formatVersion: Type.Literal("1.0"),
    kind: Type.Literal("intents"),
    id: batchId,
    keyId: text("Which secret made the hashes."),
    at: instant("UTC."),
    context: some(
      Type.Unsafe<NonNullable<IntentBatch["context"]>>(
        Type.Record(Type.String(), hash("Of the story: what a reader would want to hear of."), {
          description: "By the hash of a record: what others had said of it, as the sender knew it.",
        }),
      ),
    ),
    intents: Type.Array(
      Type.Object({
        key,
        recipient: key,
        records: some(Type.Array(key)),
        attempt: count("From 1."),
      }),
    ),
  }),
);

export const Results = describes<ResultBatch>()(
  "ResultBatch",
  "What became of a batch.",
  Type.Object({
    formatVersion: Type.Literal("1.0"),
    kind: Type.Literal("results"),
    id: batchId,
    at: instant("UTC."),
    sent: count("Messages."),
    exceptions: Type.Array(
      Type.Object({
        key,
        outcome: Type.Enum(["failed-temporary", "failed-permanent", "unknown", "not-attempted"]),
        code: text("Never the server's text."),
        cause: some(
          Type.Enum(["ours", "silence"], {
            description:
              "Of a temporary failure that is no refusal: our trouble, or no answer of the recipient's server.",
          }),
        ),
      }),
    ),
  }),
);
