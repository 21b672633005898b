import { Check } from "typebox/schema";
import { nearestWord, UsageError } from "../../domain/index.ts";
import type { SchemaNode } from "../schema/forms.ts";
import { SETTING_PREFIX } from "./setting-prefix.ts";

/** A setting that a variable can hold. */
export interface SettingVariable {
  /** `OFAC_LEDGER__MAIL__SMTP_HOST`. */
  readonly name: string;
  /** `["mail", "smtpHost"]`. */
  readonly path: readonly string[];
  readonly schema: SchemaNode;
}

/**
 * Every setting of a configuration with the variable that can hold it: the members' names in capitals, words parted by
 * one underscore, members by two. Objects have variables for their members; lists, and objects with members of any
 * name, are settings as a whole.
 */
export function settingVariables(schema: unknown, path: readonly string[] = []): SettingVariable[] {
  return Object.entries(propertiesOf(schema)).flatMap(([member, child]) => {
    if (member === "$schema") return [];
    const own = [...path, member];
    if (Object.keys(propertiesOf(child)).length > 0) return settingVariables(child, own);
    return [{ name: variableName(own), path: own, schema: child }];
  });
}

function propertiesOf(schema: unknown): Readonly<Record<string, SchemaNode>> {
  if (typeof schema !== "object" || schema === null || !("properties" in schema)) return {};
  return schema.properties as Readonly<Record<string, SchemaNode>>;
}

function variableName(path: readonly string[]): string {
  const words = path.map((member) => member.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase());
  return `${SETTING_PREFIX}${words.join("__")}`;
}

/**
 * The settings of a file with those of the environment in their place. An empty variable counts as not set, as CI
 * systems write it. The result is still to be checked as a whole.
 * @throws UsageError `bad-config` naming a variable that is no setting, or that does not fit its setting
 */
export function withEnvironment(
  settings: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  schema: unknown,
): Record<string, unknown> {
  const known = new Map(settingVariables(schema).map((variable) => [variable.name, variable]));
  const given = Object.entries(environment)
    .filter(([name, text]) => name.startsWith(SETTING_PREFIX) && text !== undefined && text !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  let merged: Record<string, unknown> = { ...settings };
  for (const [name, text = ""] of given) {
    const variable = known.get(name);
    if (variable === undefined) throw unknownVariable(name, [...known.keys()]);
    merged = withMember(merged, variable.path, settingOf(text, variable));
  }
  return merged;
}

function withMember(
  settings: Readonly<Record<string, unknown>>,
  [member = "", ...deeper]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (deeper.length === 0) return { ...settings, [member]: value };
  const inner = settings[member];
  const base = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
  return { ...settings, [member]: withMember({ ...base }, deeper, value) };
}

/** A text as it stands where the setting takes one; else JSON; else, for a list, what commas part. */
function settingOf(text: string, { name, schema }: SettingVariable): unknown {
  const fits = (value: unknown): boolean => Check(schema, value);
  if (text === "null" && fits(null)) return null;
  if (fits(text)) return text;
  const json = parsed(text);
  if (json !== undefined && fits(json)) return json;
  const parts = text.split(",").map((part) => part.trim());
  if (fits(parts)) return parts;
  throw new UsageError(
    "bad-config",
    `${name}: the value does not fit the setting ${describe(schema)}. Texts are given as they are, lists with commas ` +
      "or as JSON, everything else as JSON. See the README for the settings.",
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The rules of a setting without its prose. The value is not repeated: somebody may have put a secret there. */
function describe(schema: SchemaNode): string {
  const { description: _, ...rules } = schema;
  return JSON.stringify(rules);
}

function unknownVariable(name: string, known: readonly string[]): UsageError {
  const section = name.split("__").slice(0, 2).join("__");
  const nearest = nearestWord(
    name.slice(SETTING_PREFIX.length),
    known.map((one) => one.slice(SETTING_PREFIX.length)),
  );
  const near = [
    ...new Set([
      ...(nearest === undefined ? [] : [`${SETTING_PREFIX}${nearest}`]),
      ...known.filter((one) => one.startsWith(section)),
    ]),
  ].slice(0, 12);
  return new UsageError(
    "bad-config",
    `${name}: expected the name of a setting, found none. ` +
      `${near.length > 0 ? `Near it there are ${near.join(", ")}` : `There are ${[...new Set(known.map((one) => one.split("__")[1]))].join(", ")}`}. ` +
      "A variable is named like its setting: capitals, words parted by one underscore, members by two.",
  );
}
