import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { FileKind, ShapeCheck } from "../../ledger/index.ts";
import { ChangeSet } from "./change.ts";
import { ContextEntry, Observation } from "./context.ts";
import { LatencyMonthFile, LooksMonth } from "./evidence.ts";
import { closedForm, publishedForm } from "./forms.ts";
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
type Kind = FileKind | "raw" | "party" | "change-set" | "foreign-party";

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

const compiled = new Map<Kind, readonly Validator[]>();

/** Our own files are held against the closed form; documents of others may have members of a later minor version. */
const READ_FROM_OTHERS: ReadonlySet<Kind> = new Set<Kind>(["change-set", "foreign-party"]);

function validators(kind: Kind): readonly Validator[] {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const form = READ_FROM_OTHERS.has(kind) ? (schema: TSchema) => schema : closedForm;
  const made = SHAPES[kind].map((schema) => Compile(publishedForm(form(schema), [])));
  compiled.set(kind, made);
  return made;
}

/** What is wrong with a file's content: the first member that is not as documented; undefined when none is. */
export const shapeFault: ShapeCheck = (kind, content) => faultOf(kind, content);

/** The same of an entry of a store of source files. */
export function rawFault(entry: unknown): string | undefined {
  return faultOf("raw", entry);
}

/** The same of one party of a state. */
export function partyFault(party: unknown): string | undefined {
  return faultOf("party", party);
}

/** The same of a party in a file that may come from anywhere. */
export function foreignPartyFault(party: unknown): string | undefined {
  return faultOf("foreign-party", party);
}

/** The same of a change set. */
export function changeSetFault(set: unknown): string | undefined {
  return faultOf("change-set", set);
}

function faultOf(kind: Kind, content: unknown): string | undefined {
  const shapes = validators(kind);
  if (shapes.some((shape) => shape.Check(content))) return undefined;
  const faults = shapes
    .map((shape) => shape.Errors(content).toSorted((a, b) => b.instancePath.length - a.instancePath.length))
    .sort((a, b) => a.length - b.length)[0];
  const fault = faults?.[0];
  const where = fault === undefined || fault.instancePath === "" ? "the whole" : fault.instancePath;
  return `is not as its schema says: ${where} ${fault?.message ?? "does not fit"}`;
}

/**
 * Refuses to write what its schema does not describe. That is a bug of ours, never the operator's, so it is no
 * error of the documented kinds: nothing is written, and the process ends with its stack.
 */
export function guardShape(kind: FileKind | "raw", content: unknown): void {
  const fault = faultOf(kind, content);
  if (fault === undefined) return;
  const name = typeof content === "object" && content !== null && "id" in content ? ` ${content.id}` : "";
  throw new Error(`about to write a file of ${kind}${name} that ${fault}; nothing was written`);
}
