import { nearestWord, UsageError } from "../../domain/index.ts";
import { DEFAULT_SOURCE_SETTINGS, type SourceSettings } from "../../sources/index.ts";
import { check } from "../schema/check-config.ts";
import { meaninglessSetting } from "./config-meaning.ts";
import type { ConfigFile } from "./config-schema.ts";
import { SETTING_PREFIX } from "./setting-prefix.ts";

export type { ConfigFile } from "./config-schema.ts";

/**
 * Checks a configuration: a file's text, with the settings of the environment in the place of its own. What reads the
 * environment, and what tells where a configuration is wrong, is loaded when it is wanted.
 * @param text undefined where there is no file
 * @throws UsageError `bad-config` naming the member or the variable
 */
export async function parseConfig(
  text: string | undefined,
  where: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<ConfigFile> {
  const file = text === undefined ? {} : parseJson(text, where);
  const value = await withSettings(file, environment);
  if (!isConfig(value)) throw await misfit(value, where);
  const fault = meaninglessSetting(value);
  if (fault === undefined) return value;
  throw new UsageError("bad-config", `${where}: ${fault}. See the README for the settings and their values.`);
}

/** What does not fit the schema, and what was most likely meant. */
async function misfit(value: unknown, where: string): Promise<UsageError> {
  const { firstFault } = await import("../schema/first-fault.ts");
  const { member, message, params, unknown } = firstFault(check.form, value);
  const place = member === "" ? "the file" : member;
  if (unknown === undefined) {
    const fault = `${message ?? "is not as expected"}${detail(params)}`;
    return new UsageError(
      "bad-config",
      `${where}: ${place} ${fault}. See the README for the settings and their values.`,
    );
  }
  const nearest = nearestWord(unknown.name, unknown.known);
  return new UsageError(
    "bad-config",
    `${where}: ${place}: expected the name of a setting, found none. ` +
      `${nearest === undefined ? "" : `Was "${nearest}" meant? `}There are ${unknown.known.join(", ")}.`,
  );
}

function isConfig(value: unknown): value is ConfigFile {
  return check.fits(value);
}

async function withSettings(
  file: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<unknown> {
  const isObject = typeof file === "object" && file !== null && !Array.isArray(file);
  const isSet = Object.keys(environment).some((name) => name.startsWith(SETTING_PREFIX));
  if (!isObject || !isSet) return file;
  const { withEnvironment } = await import("./config-environment.ts");
  return withEnvironment({ ...file }, environment, check.form);
}

function detail(params: unknown): string {
  const text = JSON.stringify(params ?? {});
  return text === "{}" ? "" : ` (${text})`;
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      "bad-config",
      `${where}: expected JSON, found ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
}

/** The source settings of a configuration: OFAC's own hosts unless it says otherwise. */
export function sourceSettings(config: ConfigFile): SourceSettings {
  return { ...DEFAULT_SOURCE_SETTINGS, ...config.sources };
}
