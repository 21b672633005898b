import { existsSync, readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import {
  type ApiReport,
  createVerifier,
  isUnproven,
  nodeLedgerFiles,
  type RawReport,
  readStateFile,
  type StateReport,
  UNKNOWN_FORMAT,
  type Verifier,
  type VerifyReport,
  verifyApi,
  verifyExit,
  verifyLedger,
  verifyState,
} from "../../app/index.ts";
import { EXIT, type ListId, UsageError, worstExit } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openContext } from "../context.ts";
import { requireFolder } from "../folder.ts";
import { listOption, withCommon } from "../program.ts";
import { keptRawFolder } from "../raw-folder.ts";

interface VerifyFlags extends CommonOptions {
  readonly key: readonly string[];
  readonly api?: string;
  readonly state?: string;
  readonly publication?: string;
  readonly list?: ListId;
  readonly segment?: string;
  readonly raw?: string;
}

export function registerVerify(program: Command, done: (code: number) => void): void {
  withCommon(program.command("verify"))
    .description("recompute every hash of a ledger or of a copy, and say where it breaks")
    .option("--api <dir>", "a downloaded folder api/v1 instead of the ledger")
    .option("--raw <dir>", "also the source files that are kept in this folder")
    .option("--state <file>", "one state file (NDJSON) against one publication of the ledger")
    .option("--publication <publication|date>", "which one, with --state")
    .option("--key <file>", "public Ed25519 key that signed the heads; may be repeated", collect, [])
    .addOption(listOption())
    .option("--segment <name>", "with --state and a date: which segment")
    .action(async (flags: VerifyFlags, command: Command) => {
      if (flags.api !== undefined) refuseBesideApi(command);
      else requireFolder("--ledger", flags.ledger);
      const context = await openContext(flags);
      const keys = flags.key.map((path) => createVerifier(readText(path), `--key ${path}`));
      if (flags.state !== undefined || flags.publication !== undefined) done(runState(context, flags));
      else if (flags.api !== undefined) done(runApi(context, flags.api, keys));
      else done(await runLedger(context, flags, keys));
    });
}

/** A copy is proven by itself: what else is named would not be looked at. */
function refuseBesideApi(command: Command): void {
  const others = ["ledger", "raw", "list", "segment"].filter(
    (name) => command.getOptionValueSource(name) === "cli",
  );
  if (others.length === 0) return;
  throw new UsageError(
    "bad-options",
    `Expected --api alone or with --key, found it with ${others.map((name) => `--${name}`).join(", ")}. A copy is proven by ` +
      "itself; verify the ledger with a command of its own.",
  );
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function runLedger(
  context: CommandContext,
  flags: VerifyFlags,
  keys: readonly Verifier[],
): Promise<number> {
  const progress = (line: string) => context.progress.line(line);
  const folder = keptRawFolder(context, flags.raw);
  const report = verifyLedger(context.files, progress, keys);
  const later = report.problems.find(({ code }) => code === UNKNOWN_FORMAT);
  if (later !== undefined) throw new UsageError(later.code, later.message);
  const raw =
    folder === undefined ? undefined : (await import("../raw.ts")).verifyRaw(folder, context.files, progress);
  const beside = context.evidence === context.files ? undefined : verifyLedger(context.evidence, progress);
  context.progress.end();
  for (const line of ledgerLines(report, keys)) context.output.line(line);
  for (const line of rawLines(raw, context.config.raw?.dir)) context.output.line(line);
  for (const line of beside === undefined ? [] : evidenceLines(beside)) context.output.line(line);
  context.output.json({
    ...report,
    ...(raw === undefined ? {} : { raw }),
    ...(beside === undefined ? {} : { evidence: beside }),
  });
  return worstExit([report, raw, beside].flatMap((one) => (one === undefined ? [] : [verifyExit(one)])));
}

function evidenceLines({ ok, problems }: VerifyReport): string[] {
  return [
    ...problemLines(problems).map((line) => `evidence: ${line}`),
    ok ? "the evidence verifies" : `the evidence does not verify: ${problems.length} problems`,
  ];
}

function rawLines(raw: RawReport | undefined, dir: string | undefined): string[] {
  if (raw === undefined) return dir === undefined ? [] : [`no source files are kept in ${dir} yet`];
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    `source files: ${raw.files} of ${raw.entries} records, ${megabytes(raw.plainBytes)} in ${megabytes(raw.keptBytes)}; ` +
      `${raw.withoutFiles} records have none here, ${raw.withoutRecord} were never recorded`,
    ...problemLines(raw.problems),
    raw.ok ? "the source files verify" : `the source files do not verify: ${raw.problems.length} problems`,
  ];
}

function ledgerLines(report: VerifyReport, keys: readonly Verifier[]): string[] {
  const { signatures } = report;
  return [
    ...(report.recovery === "nothing" ? [] : [`an interrupted commit was ${report.recovery} first`]),
    ...report.segments.map(
      (one) =>
        `${one.list}/${one.segment}: ${one.records} records, ${one.parties} parties, head ${one.head} ${one.state}`,
    ),
    ...(keys.length === 0 && signatures.found === 0
      ? []
      : [`${signatures.found} signatures, ${signatures.valid} valid under a key that was given`]),
    ...problemLines(report.problems),
    verdict(report.ok, report.segments.length, report.problems.length),
  ];
}

function problemLines(problems: VerifyReport["problems"]): string[] {
  return problems.map(({ file, code, message }) => `${file}: ${code}: ${message}`);
}

function verdict(ok: boolean, segments: number, problems: number): string {
  if (!ok) return `the ledger does not verify: ${problems} ${problems === 1 ? "problem" : "problems"}`;
  return segments === 0 ? "the ledger is empty" : "the ledger verifies";
}

function runApi(context: CommandContext, folder: string, keys: readonly Verifier[]): number {
  const report = verifyApi(nodeLedgerFiles(folder), (line) => context.progress.line(line), keys);
  context.progress.end();
  for (const line of apiLines(report, keys)) context.output.line(line);
  context.output.json(report);
  return report.ok ? EXIT.done : EXIT.ledger;
}

function apiLines(report: ApiReport, keys: readonly Verifier[]): string[] {
  const { problems, replayed, records, proven, signed } = report;
  return [
    ...replayed.map((one) => `${one.segment}: ${one.records} records replayed, state ${one.state}`),
    `${proven} of ${records} records are as the index says`,
    ...(keys.length === 0 ? [] : [`${signed} valid signatures`]),
    ...problemLines(problems),
    apiVerdict(report),
  ];
}

function apiVerdict(report: ApiReport): string {
  const { ok, problems, records } = report;
  const counted = (what: string) => `${problems.length} ${what}${problems.length === 1 ? "" : "s"}`;
  if (isUnproven(report)) return `the copy is not verified: ${counted("segment")} could not be replayed`;
  if (!ok) return `the copy does not verify: ${counted("problem")}`;
  return records === 0 ? "the copy has no records" : "the copy verifies";
}

function runState(context: CommandContext, flags: VerifyFlags): number {
  const other = flags.api !== undefined || flags.raw !== undefined;
  if (flags.state === undefined || flags.publication === undefined || other) {
    throw new UsageError(
      "bad-options",
      "Expected --state FILE together with --publication ID and without --api and --raw, found otherwise.",
    );
  }
  const parties = readStateFile(readText(flags.state), flags.state);
  const report = verifyState(context.files, parties, flags.publication, flags);
  for (const line of stateLines(report)) context.output.line(line);
  context.output.json(report);
  return report.ok ? EXIT.done : EXIT.ledger;
}

/** So many uids are printed of each kind; `--json` has them all. */
const SHOWN = 20;

function stateLines(report: StateReport): string[] {
  const { id, expected, found } = report;
  if (report.ok) return [`the state is that of ${id}: ${found.parties} parties, ${found.hash}`];
  const uids = (what: string, list: readonly number[]) =>
    list.length === 0
      ? []
      : [`${list.length} ${what}: ${list.slice(0, SHOWN).join(", ")}${list.length > SHOWN ? ", …" : ""}`];
  return [
    `the state is not that of ${id}: expected ${expected.parties} parties and ${expected.hash}, found ` +
      `${found.parties} and ${found.hash}`,
    ...uids("missing", report.missing),
    ...uids("too many", report.surplus),
    ...uids("with other content", report.different),
  ];
}

function readText(path: string): string {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new UsageError("no-such-file", `Expected a file, found none at ${path}. Check the path.`);
  }
  return readFileSync(path, "utf8");
}
