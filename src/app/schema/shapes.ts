import type { TSchema } from "typebox";
import type { FileKind } from "../../ledger/index.ts";
import { ChangeSet } from "./change.ts";
import { ContextEntry, Observation } from "./context.ts";
import { LatencyMonthFile, LooksMonth } from "./evidence.ts";
import { closedForm, publishedForm, type SchemaNode } from "./forms.ts";
import {
  CheckCommitsFile,
  HeldRemovalsFile,
  Intents,
  ManifestSchema,
  Results,
  Signature,
  SourceCheckFile,
} from "./ledger-files.ts";
import { Party } from "./party.ts";
import { RawEntry } from "./raw.ts";
import { Head, Record } from "./record.ts";

/** Kinds of files, and what we read from others. */
export type Kind = FileKind | "raw" | "party" | "change-set" | "foreign-party";

/** Every file of the ledger has one of the shapes of its kind. */
const SHAPES: Readonly<globalThis.Record<Kind, readonly TSchema[]>> = {
  party: [Party],
  "foreign-party": [Party],
  "change-set": [ChangeSet],
  record: [Record],
  head: [Head],
  manifest: [ManifestSchema],
  observations: [Observation],
  context: [ContextEntry],
  checks: [SourceCheckFile, HeldRemovalsFile, CheckCommitsFile, LooksMonth, LatencyMonthFile],
  deliveries: [Intents, Results],
  signatures: [Signature],
  raw: [RawEntry],
};

export const KINDS: readonly Kind[] = Object.keys(SHAPES).filter((name): name is Kind => name in SHAPES);

/** Our own files are held against the closed form; documents of others may have members of a later minor version. */
const READ_FROM_OTHERS: ReadonlySet<Kind> = new Set<Kind>(["change-set", "foreign-party"]);

/** The schemas of a kind as they are checked. */
export function formsOf(kind: Kind): SchemaNode[] {
  const form = READ_FROM_OTHERS.has(kind) ? (schema: TSchema) => schema : closedForm;
  return SHAPES[kind].map((schema) => publishedForm(form(schema), []));
}
