/** A JSON Schema as a plain value. */
export type SchemaNode = Readonly<Record<string, unknown>>;

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/**
 * The schema as it is published: every named part once, under `$defs`. Objects stay open, because a minor version
 * may add members and a consumer ignores what it does not know.
 */
export function publishedForm(schema: object, examples: readonly unknown[]): SchemaNode {
  const defs = new Map<string, SchemaNode>();
  const body = hoist(schema, defs, true);
  return {
    $schema: DIALECT,
    ...body,
    ...(examples.length === 0 ? {} : { examples }),
    ...(defs.size === 0 ? {} : { $defs: Object.fromEntries([...defs].sort(([a], [b]) => (a < b ? -1 : 1))) }),
  };
}

/** Replaces each named part by a reference to where it is defined. */
function hoist(node: object, defs: Map<string, SchemaNode>, root = false): SchemaNode {
  const plain = mapChildren(node, (child) => hoist(child, defs));
  const title = plain["title"];
  if (root || typeof title !== "string") return plain;
  const known = defs.get(title);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(plain)) {
    throw new Error(`two different schemas are named ${title}`);
  }
  defs.set(title, plain);
  return { $ref: `#/$defs/${title}` };
}

/** The schema as it is written down, without the builder's marks. */
export function openForm(schema: object): SchemaNode {
  return mapChildren(schema, openForm);
}

/**
 * The schema as a writer is held to it: an object with a member that is not described is refused, so that nothing
 * undocumented is ever written.
 */
export function closedForm(schema: object): SchemaNode {
  const plain = mapChildren(schema, closedForm);
  const open = plain["type"] === "object" && "properties" in plain && !("additionalProperties" in plain);
  return open ? { ...plain, additionalProperties: false } : plain;
}

/** Schemas inside a schema sit in these places; everything else is data. Builder's marks (`~…`) are left out. */
function mapChildren(node: object, change: (child: object) => SchemaNode): SchemaNode {
  const entries = Object.entries(node).filter(([name]) => !name.startsWith("~"));
  return Object.fromEntries(
    entries.map(([name, value]: [string, unknown]) => {
      if (name === "properties" || name === "patternProperties") return [name, mapMembers(value, change)];
      if (name === "anyOf" && Array.isArray(value)) return [name, value.map((one: object) => change(one))];
      return [name, name === "items" && isNode(value) ? change(value) : value];
    }),
  );
}

function mapMembers(value: unknown, change: (child: object) => SchemaNode): unknown {
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]: [string, unknown]) => [
      name,
      isNode(child) ? change(child) : child,
    ]),
  );
}

function isNode(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
