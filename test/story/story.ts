import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { git } from "../workflows/repository.ts";
import { titlesOf } from "./alarms.ts";
import type { Death } from "./deaths.ts";
import { GitHost, PlainHost } from "./hosts.ts";
import { differences, sharedFiles } from "./ledgers.ts";
import { type Arrived, readMail } from "./mailbox.ts";
import { type DayTold, play, type StoryTold } from "./play.ts";
import type { StoryDay } from "./table.ts";
import { openWorld, type World } from "./world.ts";

/**
 * Tells days twice at once: in a repository whose runners die and race, and on a plain host to which nothing happens. Then
 * holds both against the table of days, and against each other.
 */
export function tellStory(name: string, days: readonly StoryDay[], timeoutMs: number): void {
  describe(name, () => {
    const work = mkdtempSync(join(tmpdir(), "ofac-ledger-story-"));
    let worlds: { readonly git: World; readonly plain: World };
    let hosts: { readonly git: GitHost; readonly plain: PlainHost };
    let told: { readonly git: StoryTold; readonly plain: StoryTold };
    let alarmMails: readonly Arrived[];

    beforeAll(async () => {
      worlds = { git: await openWorld(), plain: await openWorld() };
      hosts = {
        git: new GitHost(join(work, "git"), worlds.git),
        plain: new PlainHost(join(work, "plain"), worlds.plain),
      };
      const [disturbed, undisturbed] = await Promise.all([
        play(days, worlds.git, hosts.git, { disturbed: true }),
        play(days, worlds.plain, hosts.plain, { disturbed: false }),
      ]);
      told = { git: disturbed, plain: undisturbed };
      alarmMails = (await Promise.all(worlds.git.smtp.received.map(readMail))).filter(isAlarm);
    }, timeoutMs);
    afterAll(async () => {
      await Promise.all([worlds.git.close(), worlds.plain.close()]);
      rmSync(work, { recursive: true, force: true });
    });

    it("killed a runner wherever the table says, and nowhere else", () => {
      const lost = hosts.git.jobs.filter(({ result }) => result.lost).map(({ now }) => now);
      expect(lost).toEqual(deathsOf(days).map(({ now }) => now));
    });

    it("recorded and showed each day's publications, told each subscriber once, and alarmed as expected", () => {
      expect(told.git.days).toEqual(days.map(expected));
      expect(told.git.twice).toEqual([]);
    });

    it("told the undisturbed host's subscribers the same", () => {
      expect(told.plain.days.map(withoutAlarms)).toEqual(days.map(expected).map(withoutAlarms));
      expect(told.plain.twice).toEqual([]);
    });

    it("told the operator by mail what it told the webhook", () => {
      const posted = worlds.git.hook.posts.flatMap(titlesOf);
      expect(alarmMails.flatMap(({ alarms }) => alarms)).toEqual(posted);
    });

    it("keeps one issue open for each alarm that is not over, and no other", () => {
      const open = worlds.git.github.issues.filter(({ state }) => state === "open").length;
      expect(open).toBe(openAlarms(days).size);
    });

    it("ends with two ledgers that verify and are the same, but for what each saw and told", async () => {
      for (const host of [hosts.git, hosts.plain]) {
        const verified = await runCli(["verify", "--ledger", host.ledger()]);
        expect(verified.code, verified.stdout + verified.stderr).toBe(0);
      }
      const [disturbed, undisturbed] = [hosts.git, hosts.plain].map((host) => sharedFiles(host.ledger()));
      expect(undisturbed?.size).toBeGreaterThan(days.flatMap(({ headlines = [] }) => headlines).length);
      expect(differences(disturbed ?? new Map(), undisturbed ?? new Map())).toEqual([]);
    });

    it("commits publications and deliveries to its branch, and looks and alarms elsewhere", () => {
      const subjects = git(hosts.git.origin, "log", "--format=%s", "main").split("\n");
      const headlines = days.flatMap((day) => day.headlines ?? []);
      const news = subjects.filter(
        (subject) => !/^(?:Begin|Record deliveries|Note what was said: .+)$/.test(subject),
      );
      expect(news.flatMap((subject) => subject.split(" | ")).sort()).toEqual([...headlines].sort());
    });
  });
}

function expected({ date, headlines = [], mail = [], alarms = [] }: StoryDay): DayTold {
  return { date, headlines, mail: [...mail].sort(), alarms, unshown: [] };
}

function withoutAlarms({ alarms: _, ...day }: DayTold): Omit<DayTold, "alarms"> {
  return day;
}

function isAlarm({ kind }: Arrived): boolean {
  return kind === "alarm";
}

/** Every death in the table, with the instant of the run that dies. */
export function deathsOf(days: readonly StoryDay[]): { readonly now: string; readonly death: Death }[] {
  return days.flatMap(({ date, steps }) =>
    steps.flatMap((step) =>
      "dies" in step && step.dies !== undefined ? [{ now: `${date}T${step.at}:00Z`, death: step.dies }] : [],
    ),
  );
}

/** Keys of alarms that are not over when the days are. */
function openAlarms(days: readonly StoryDay[]): Set<string> {
  const open = new Set<string>();
  for (const line of days.flatMap(({ alarms = [] }) => alarms)) {
    const [, kind, key = ""] = /^([a-z ]+): (\S+)/.exec(line) ?? [];
    if (kind === "all clear") open.delete(key);
    else open.add(key);
  }
  return open;
}
