import type { Command } from "commander";
import { canonicalJson, UsageError } from "../domain/index.ts";

/** Where facts go. Progress and complaints go to standard error, see `terminal.ts`. */
export interface Output {
  /** One line of facts for a reader; nothing with `--json`. */
  line(text: string): void;
  /** The facts as one JSON value; nothing without `--json`. */
  json(value: unknown): void;
}

export function createOutput(asJson: boolean, write: (text: string) => void): Output {
  return {
    line: (text) => {
      if (!asJson) write(`${printable(text)}\n`);
    },
    json: (value) => {
      if (asJson) write(`${canonicalJson(value)}\n`);
    },
  };
}

/** Forms of data that are JSON. */
const AS_JSON: readonly unknown[] = ["json", "ndjson"];

/**
 * Refuses `--json` beside a `--format` that somebody asked for and that is none: standard output holds one of them.
 * Where `--out` takes the data, the facts go to standard output and both are well.
 * @throws UsageError `bad-options`
 */
export function oneForm(command: Command): void {
  const { json, format, out } = command.opts<{ json?: boolean; format?: string; out?: string }>();
  if (json !== true || out !== undefined || AS_JSON.includes(format)) return;
  if (command.getOptionValueSource("format") === "default") return;
  throw new UsageError(
    "bad-options",
    `Expected either --json or --format ${format} on standard output, found both. Leave one out.`,
  );
}

/** Foreign text must not steer a terminal: control characters other than tab and line feed are shown as such. */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Control characters but tab and line feed, and those that turn the direction of text. */
const UNPRINTABLE = /\p{Bidi_Control}|(?![\t\n])\p{Cc}/gu;
