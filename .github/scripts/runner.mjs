// How the scripts of the workflows talk to the runner (GitHub Actions: workflow commands, environment files), and to
// the command line. Outside a runner everything is printed instead.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The root of this package: the action's checkout, or a clone. */
export const ROOT = new URL("../../", import.meta.url);

/** What the steps of one job hand on to each other lies here, outside the workspace. */
export function workPath(name) {
  const folder = join(process.env["RUNNER_TEMP"] ?? tmpdir(), "ofac-ledger");
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** What `begin.mjs` made of the inputs. */
export function plan() {
  return JSON.parse(readFileSync(workPath("plan.json"), "utf8"));
}

/**
 * Sets an output of the step. Foreign text cannot end its value: the delimiter is random, and a value that holds it all
 * the same is refused.
 */
export function output(name, value) {
  const text = String(value);
  const delimiter = `end-${randomUUID()}`;
  if (text.includes(delimiter)) throw new Error(`the value of output ${name} holds its own delimiter`);
  const file = process.env["GITHUB_OUTPUT"];
  console.log(`${name}=${oneLine(text)}`);
  if (file !== undefined && file !== "")
    appendFileSync(file, `${name}<<${delimiter}\n${text}\n${delimiter}\n`);
}

/** Adds to the job's summary. Markdown: foreign text in it goes through `markdown.mjs`. */
export function summary(markdown) {
  const file = process.env["GITHUB_STEP_SUMMARY"];
  if (file === undefined || file === "") console.log(markdown);
  else appendFileSync(file, `${markdown}\n`);
}

/** Runs a part of a step and notes how long it took, for the summary. */
export function timed(what, work) {
  const begun = performance.now();
  try {
    return work();
  } finally {
    appendFileSync(
      workPath("timings.ndjson"),
      `${JSON.stringify({ what, ms: performance.now() - begun })}\n`,
    );
  }
}

/**
 * Runs the command line on the ledger of the plan. The repository's token is taken from its environment: what reads
 * OFAC's files has no use for it.
 */
export function ledgerCommand(args, { stdout = "pipe", env = {} } = {}) {
  const { cli, ledger, config, settings } = plan();
  const { TOKEN: _, ...rest } = process.env;
  const all = [cli, ...args, "--ledger", ledger, ...(config === null ? [] : ["--config", config])];
  const done = spawnSync(process.execPath, all, {
    encoding: "utf8",
    stdio: ["ignore", stdout, "inherit"],
    env: { ...rest, ...settings, ...env },
    maxBuffer: 1 << 30,
  });
  return { status: done.status ?? 1, stdout: done.stdout ?? "" };
}

/** The JSON of a command; `empty` when it printed none because it failed before. */
export function facts(stdout, empty) {
  return stdout.trim() === "" ? empty : JSON.parse(stdout);
}

export function writeFacts(name, value) {
  writeFileSync(workPath(name), `${JSON.stringify(value)}\n`);
}

/** Text without control characters and what turns its direction, on one line. */
export function oneLine(text) {
  return String(text)
    .replace(/(?:\p{Cc}|\p{Bidi_Control}|[\u2028\u2029])+/gu, " ")
    .trim();
}

/** Ends the step with a message that says what was expected, what was found, and what to do. */
export function stop(message, exitCode = 1) {
  console.error(message);
  process.exit(exitCode);
}
