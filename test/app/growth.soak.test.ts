import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { nodeLedgerFiles, openRawStore, update, verifyLedger, verifyRaw } from "../../src/app/index.ts";
import { addDays, EXIT } from "../../src/domain/index.ts";
import { type ComposedParty, composeLegacyXml } from "../support/compose-legacy.ts";
import { csvSeriesFolder, csvSeriesNames } from "../support/csv-series.ts";
import { hasSharedData } from "../support/shared-data.ts";
import { entities, records, run, temporaryFolder, world } from "./live.ts";

const PUBLICATIONS = 120;
const DAYS = 365;
/** 08:00, 11:00, 14:00 and 17:00 Eastern in summer. */
const LOOKS = ["T12:00:00Z", "T15:00:00Z", "T18:00:00Z", "T21:00:00Z"];
const FIRST_DAY = "2025-01-01";
const MOST_BYTES = 60e6;

/** Waits that a loaded machine does not exceed with files of ten megabytes. */
const PATIENT = {
  connectTimeoutMs: 60_000,
  headersTimeoutMs: 60_000,
  bodyTimeoutMs: 60_000,
  attemptTimeoutMs: 300_000,
};

/** A branch of its own in one repository, checked out beside the others, as the workflow keeps them. */
function branches<K extends string>(...names: readonly K[]) {
  const root = temporaryFolder();
  const repository = join(root, "repository");
  mkdirSync(repository);
  const git = (folder: string, ...args: string[]): string => {
    const author = ["-c", "user.name=soak", "-c", "user.email=soak@example.com", "-c", "gc.auto=0"];
    const done = spawnSync("git", [...author, ...args], { cwd: folder, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`git ${args.join(" ")}: ${done.stderr}`);
    return done.stdout.trim();
  };
  git(repository, "init", "-q", "-b", "main");
  git(repository, "commit", "-q", "--allow-empty", "-m", "Begin");
  const folders = new Map<K, string>(
    names.map((name) => {
      const folder = join(root, name);
      git(repository, "worktree", "add", "-q", "--detach", folder);
      git(folder, "checkout", "-q", "--orphan", name);
      return [name, folder];
    }),
  );
  return {
    folder: (name: K) => folders.get(name) ?? "",
    /** @returns whether there was something to commit */
    commit(name: K, message: string): boolean {
      const folder = folders.get(name) ?? "";
      git(folder, "add", "-A");
      if (git(folder, "status", "--porcelain") === "") return false;
      git(folder, "commit", "-q", "-m", message);
      return true;
    },
    /** Bytes that a branch takes once all is packed. */
    packed(name: K): number {
      git(repository, "gc", "-q", "--prune=now");
      return Number(git(repository, "rev-list", "--disk-usage", "--objects", name));
    },
    whole: () => Number(/size-pack: (\d+)/.exec(git(repository, "count-objects", "-v"))?.[1]) * 1024,
  };
}

/** A capture of SDN.CSV as the SDN.XML of a day: same parties, same texts. */
function asLegacyXml(name: string, date: string): string {
  const file = readFileSync(join(csvSeriesFolder(), name), "latin1");
  const text = file.slice(0, file.lastIndexOf("\u001a"));
  const rows: string[][] = parse(text, { relax_column_count: true });
  const types: Readonly<Record<string, ComposedParty["type"]>> = {
    individual: "Individual",
    vessel: "Vessel",
    aircraft: "Aircraft",
  };
  const shown = (cell: string | undefined) =>
    cell === undefined || cell.trim() === "-0-" ? undefined : cell;
  const parties = rows.map((cells): ComposedParty => {
    const [uid, full = "", type = "", programs = "", title, ...others] = cells;
    const [last = full, first] = type === "individual" ? full.split(", ") : [full];
    const remarks = shown(others.at(-1));
    const known = shown(title);
    return {
      uid: Number(uid),
      type: types[type] ?? "Entity",
      lastName: last,
      ...(first === undefined ? {} : { firstName: first }),
      ...(known === undefined ? {} : { title: known }),
      programs: programs.split("] ["),
      ...(remarks === undefined ? {} : { remarks }),
    };
  });
  return composeLegacyXml(date, parties);
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

describe.skipIf(!hasSharedData)("a year of the real series, looked at four times a day", () => {
  it("grows the repository by less than 60 MB, packed", async () => {
    const { ofac, ports } = await world("in memory");
    const git = branches("ledger", "evidence", "sources");
    const files = nodeLedgerFiles(git.folder("ledger"));
    const evidence = nodeLedgerFiles(git.folder("evidence"));
    const raw = nodeLedgerFiles(git.folder("sources"));
    const cache = nodeLedgerFiles(temporaryFolder());
    const captures = csvSeriesNames().slice(0, PUBLICATIONS + 1);
    const nonSdn = composeLegacyXml(FIRST_DAY, entities(run(90_001, 440), "COMPOSED NON-SDN"));
    const commits = { ledger: 0, evidence: 0, sources: 0 };
    const commitAll = (message: string) => {
      for (const name of ["sources", "ledger", "evidence"] as const) {
        if (git.commit(name, message)) commits[name] += 1;
      }
    };
    let published = -1;
    let before: Record<keyof typeof commits, number> | undefined;
    let looks = 0;
    for (let day = 0; day < DAYS; day += 1) {
      const date = addDays(FIRST_DAY, day);
      // The baseline on the first day; then the publications evenly over the year.
      const due = day === 0 ? 0 : Math.floor((day * PUBLICATIONS) / (DAYS - 1));
      const capture = captures[due];
      if (due > published && capture !== undefined) {
        published = due;
        const sdn = asLegacyXml(capture, date);
        ofac.publish({
          id: 500 + due,
          at: `${date}T14:01:44Z`,
          files: { "SDN.XML": sdn, "CONSOLIDATED.XML": nonSdn },
        });
      }
      for (const time of LOOKS) {
        const options = { evidence, files, cache, settings: PATIENT };
        // Before the first publication there is nothing to look at.
        if (day === 0 && time < "T14") continue;
        const report = await update({ ...ports(`${date}${time}`, options), raw: openRawStore(raw) });
        // 150 removals at once wait for the next look, as they would have.
        expect([EXIT.done, EXIT.held], `${date}${time}`).toContain(report.exitCode);
        commitAll(report.lists.find(({ record }) => record !== undefined)?.record?.headline ?? "Looked");
        looks += 1;
        before ??= {
          ledger: git.packed("ledger"),
          evidence: git.packed("evidence"),
          sources: git.packed("sources"),
        };
      }
    }
    expect(records(files, "sdn").length).toBeGreaterThan(PUBLICATIONS);
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
    expect(verifyRaw(raw, files)).toMatchObject({ ok: true, withoutFiles: 0 });
    const grown = (name: keyof typeof commits) => git.packed(name) - (before?.[name] ?? 0);
    const names = ["ledger", "evidence", "sources"] as const;
    for (const name of names) {
      console.log(`${name}: ${commits[name]} commits, grown by ${megabytes(grown(name))} packed`);
    }
    const all = names.reduce((sum, name) => sum + grown(name), 0);
    console.log(
      `${looks} looks, ${PUBLICATIONS} publications: grown by ${megabytes(all)}, repository ${megabytes(git.whole())}`,
    );
    expect(all).toBeLessThan(MOST_BYTES);
  });
});
