import { basename } from "node:path";
import { messagesOf } from "./alarms.ts";
import type { Host } from "./hosts.ts";
import { filesBelow } from "./ledgers.ts";
import { readMail, toldTwice } from "./mailbox.ts";
import type { StoryDay, StoryStep } from "./table.ts";
import type { World } from "./world.ts";

/** What came of a day, in the words of its row. */
export interface DayTold {
  readonly date: string;
  readonly headlines: readonly string[];
  readonly mail: readonly string[];
  /** What the watchdog posted to the webhook. */
  readonly alarms: readonly string[];
  /** Records that the site does not show, byte for byte, when the day is over. */
  readonly unshown: readonly string[];
}

/** What came of the story on one host. */
export interface StoryTold {
  readonly days: readonly DayTold[];
  /** Messages that somebody got twice, or publications that somebody was told twice. */
  readonly twice: readonly string[];
}

/** Plays days on a host; `disturbed`: runners die and race as the table says. */
export async function play(
  days: readonly StoryDay[],
  world: World,
  host: Host,
  { disturbed }: { readonly disturbed: boolean },
): Promise<StoryTold> {
  const told: DayTold[] = [];
  let recorded = new Map<string, string>();
  for (const day of days) {
    const before = { mails: world.smtp.received.length, posts: world.hook.posts.length };
    for (const step of day.steps) await playStep(step, day.date, world, host, disturbed);
    const files = recordsOf(host.ledger());
    const records = headlinesOf(files);
    const shown = host.shownRecords();
    const mails = await Promise.all(world.smtp.received.slice(before.mails).map(readMail));
    told.push({
      date: day.date,
      headlines: [...records].filter(([path]) => !recorded.has(path)).map(([, headline]) => headline),
      mail: mails.flatMap(({ kind, to, subject }) => (kind === "digest" ? [`${to}: ${subject}`] : [])).sort(),
      alarms: world.hook.posts.slice(before.posts).flatMap(messagesOf),
      unshown: files.filter(([path, text]) => shown.get(basename(path)) !== text).map(([path]) => path),
    });
    recorded = records;
  }
  return { days: told, twice: toldTwice(await Promise.all(world.smtp.received.map(readMail))) };
}

async function playStep(
  step: StoryStep,
  date: string,
  world: World,
  host: Host,
  disturbed: boolean,
): Promise<void> {
  const now = `${date}T${step.at}:00Z`;
  switch (step.do) {
    case "publish":
      return world.publish(date, step.at, step.what);
    case "trouble":
      return step.what.forEach(world.ofac.misbehave);
    case "mend":
      return world.ofac.behave();
    case "mail-trouble":
      return world.smtp.greetWith(step.greeting);
    case "look":
      return host.look(now, disturbed ? step : {});
    case "watch":
      return host.watch(now, disturbed ? step : {});
    case "operator":
      return host.operate(now, step.command, step.amends === undefined ? {} : world.amend(step.amends));
  }
}

/** The live records of a ledger, by path. */
function recordsOf(ledger: string): (readonly [string, string])[] {
  return [...filesBelow(ledger)].filter(([path]) => /^[a-z]+\/live\/records\//.test(path));
}

/** Their headlines by path: the SDN list first, each list in the order of its chain. */
function headlinesOf(records: readonly (readonly [string, string])[]): Map<string, string> {
  const found = records.map(([path, text]) => ({ path, ...(JSON.parse(text) as RecordHead) }));
  const inOrder = found.sort(
    (a, b) =>
      Number(a.list !== "sdn") - Number(b.list !== "sdn") ||
      Date.parse(a.date) - Date.parse(b.date) ||
      a.sequence - b.sequence,
  );
  return new Map(inOrder.map(({ path, headline }) => [path, headline]));
}

/** What the story reads of a record. */
interface RecordHead {
  readonly list: string;
  readonly date: string;
  readonly sequence: number;
  readonly headline: string;
}
