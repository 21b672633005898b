import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diffStates } from "../../src/diff/index.ts";
import { type ChangeSet, captureDate, type ListState } from "../../src/domain/index.ts";
import { interpret, type Memory } from "../../src/normalize/index.ts";
import { openList } from "../../src/parse/index.ts";
import { sharedData } from "./shared-data.ts";

const ARCHIVE = "sdn-csv/sdn-csv-series-2021-08-18_2024-05-04.tar.xz";

/**
 * Folder with the 309 captures of SDN.CSV, unpacked once for every version of the archive: 840 MB in the
 * system's folder for temporary files. Unpacked beside its place and renamed, so that two tests running at the
 * same time cannot see half of it.
 */
export function csvSeriesFolder(): string {
  const archive = sharedData(ARCHIVE);
  const { mtimeMs, size } = statSync(archive);
  const folder = join(tmpdir(), `ofac-ledger-csv-series-${Math.round(mtimeMs)}-${size}`);
  if (existsSync(folder)) return folder;
  const draft = mkdtempSync(join(tmpdir(), "ofac-ledger-csv-series-draft-"));
  const unpacked = spawnSync("tar", ["-xJf", archive, "-C", draft], { encoding: "utf8" });
  if (unpacked.status !== 0) {
    rmSync(draft, { recursive: true });
    throw new Error(`tar could not unpack ${ARCHIVE}: ${unpacked.stderr || unpacked.error?.message}`);
  }
  const inner = files(draft).length > 0 ? draft : join(draft, onlyFolder(draft));
  mkdirSync(join(folder, ".."), { recursive: true });
  try {
    renameSync(inner, folder);
  } catch (error) {
    // Another test was quicker.
    if (!existsSync(folder)) throw error;
  }
  rmSync(draft, { recursive: true, force: true });
  return folder;
}

function files(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".SDN.CSV"));
}

function onlyFolder(folder: string): string {
  const [name] = readdirSync(folder);
  if (name === undefined) throw new Error(`${ARCHIVE} is empty`);
  return name;
}

/** Names of the 308 complete captures, oldest first; the last of the series is empty and left out. */
export function csvSeriesNames(): string[] {
  const folder = csvSeriesFolder();
  return files(folder)
    .sort()
    .filter((name) => statSync(join(folder, name)).size > 0);
}

/** Paths of all 309 captures, the empty last one among them. */
export function allCapturePaths(): string[] {
  const folder = csvSeriesFolder();
  return files(folder)
    .sort()
    .map((name) => join(folder, name));
}

/** The US Eastern date a capture stands for. */
export function csvCaptureDate(name: string): string {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name) ?? [];
  return captureDate(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

/** One capture as a state. */
export async function csvState(name: string, memory?: Memory): Promise<{ state: ListState; memory: Memory }> {
  const bytes = readFileSync(join(csvSeriesFolder(), name));
  const parsed = await openList([{ name: "SDN.CSV", bytes }]);
  return interpret(parsed, { list: "sdn", ...(memory === undefined ? {} : { memory }) });
}

/** One publication of the series: two states and what changed between them. */
export interface CsvStep {
  readonly name: string;
  readonly date: string;
  readonly before: ListState;
  readonly after: ListState;
  readonly set: ChangeSet;
}

/** Every publication of the series in order; only two states are held at a time. */
export async function* csvSteps(names: readonly string[] = csvSeriesNames()): AsyncGenerator<CsvStep> {
  let memory: Memory | undefined;
  let before: ListState | undefined;
  for (const name of names) {
    const read = await csvState(name, memory);
    memory = read.memory;
    if (before !== undefined) {
      yield {
        name,
        date: csvCaptureDate(name),
        before,
        after: read.state,
        set: diffStates(before, read.state),
      };
    }
    before = read.state;
  }
}

/** The publication of one Eastern date. */
export async function csvStepOf(date: string): Promise<CsvStep> {
  const names = csvSeriesNames();
  const at = names.findIndex((name) => csvCaptureDate(name) === date);
  const pair = at < 1 ? [] : names.slice(at - 1, at + 1);
  for await (const step of csvSteps(pair)) return step;
  throw new Error(`no publication of ${date} in the series`);
}
