import type { Check } from "./check.ts";
import type { SchemaNode } from "./forms.ts";
import { meantFaults, type SchemaFault } from "./meant-faults.ts";

/** Where a value is not as its schema says. */
export interface Fault {
  /** JSON pointer (RFC 6901) of the member; empty for the whole. */
  readonly member: string;
  readonly message: string | undefined;
  readonly params: unknown;
  /** Where the schema does not know the member: its name, and those it knows in that place. */
  readonly unknown?: { readonly name: string; readonly known: readonly string[] };
}

/** The first fault of a value that does not fit. */
export function firstFault(form: SchemaNode, value: unknown): Fault {
  const all = meantFaults(form, value);
  const [first] = all;
  return first === undefined
    ? { member: "", message: undefined, params: undefined }
    : faultOf(first, all, form);
}

/** What is wrong with a content, in words; undefined when nothing is. */
export function faultBy(check: Check, content: unknown): string | undefined {
  if (check.fits(content)) return undefined;
  const { member, message } = firstFault(check.form, content);
  return `is not as its schema says: ${member === "" ? "the whole" : member} ${message ?? "does not fit"}`;
}

/** The deepest fault of a value that does not fit: what is most likely meant where a whole document is checked. */
export function deepestFault(form: SchemaNode, value: unknown): Fault & { readonly faults: number } {
  const all = meantFaults(form, value);
  const [deepest] = all.toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  const fault =
    deepest === undefined
      ? { member: "", message: undefined, params: undefined }
      : faultOf(deepest, all, form);
  return { ...fault, faults: all.length };
}

function faultOf(first: SchemaFault, all: readonly SchemaFault[], form: SchemaNode): Fault {
  const member = first.instancePath;
  const allowed = allowedBy(first, all);
  if (allowed.length > 0) {
    return {
      member,
      message: `must be ${allowed.length > 1 ? "one of " : ""}${allowed.join(", ")}`,
      params: {},
    };
  }
  const place = /^(.*)\/additionalProperties$/.exec(first.schemaPath)?.[1];
  if (first.keyword !== "boolean" || place === undefined) {
    return { member, message: first.message, params: first.params };
  }
  const name = plain(member.slice(member.lastIndexOf("/") + 1));
  const known = membersAt(form, place);
  const message = known.length === 0 ? "is not known there" : `is not one of ${known.join(", ")}`;
  return { member, message, params: {}, unknown: { name, known } };
}

/** Every value that a member may have, as JSON, where only certain ones fit. */
function allowedBy(first: SchemaFault, all: readonly SchemaFault[]): string[] {
  const values = all
    .filter(({ instancePath }) => instancePath === first.instancePath)
    .flatMap((fault): unknown[] => {
      if (fault.keyword === "const") return [fault.params.allowedValue];
      return fault.keyword === "enum" ? [...fault.params.allowedValues] : [];
    });
  const isOne = first.keyword === "const" || first.keyword === "enum";
  return isOne ? [...new Set(values.map((value) => JSON.stringify(value)))] : [];
}

/** Names of the members that a schema describes in a place, as `#/properties/mail`; none where it names none. */
function membersAt(form: SchemaNode, place: string): string[] {
  let node: unknown = form;
  for (const step of place.split("/").slice(1)) node = Reflect.get(referred(form, node), plain(step));
  const properties: unknown = Reflect.get(referred(form, node), "properties");
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
}

/** A part of a schema by itself, where another one only refers to it; empty where there is none. */
function referred(form: SchemaNode, node: unknown): object {
  if (typeof node !== "object" || node === null) return {};
  const name =
    "$ref" in node && typeof node.$ref === "string" ? node.$ref.replace("#/$defs/", "") : undefined;
  const defs = form["$defs"];
  if (name === undefined || typeof defs !== "object" || defs === null) return node;
  const found: unknown = Reflect.get(defs, name);
  return typeof found === "object" && found !== null ? found : {};
}

/** A step of a JSON pointer without its escapes. */
const plain = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
