import { canonicalJson, compareText, type Instant } from "../../domain/index.ts";
import type { AlarmState, Condition, Findings } from "./conditions.ts";

/** What the watchdog remembers between two runs: a small file, without addresses. */
export interface WatchMemory {
  readonly formatVersion: string;
  /** By key. What is over is forgotten when everybody was told so. */
  readonly alarms: readonly RememberedAlarm[];
}

/** One key, in the state in which it was last found. */
export interface RememberedAlarm {
  readonly key: string;
  readonly state: AlarmState | "clear";
  /** When the watchdog found it in this state. */
  readonly found: Instant;
  /** As it was last found: of one that is over, what is over. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly since: Instant | null;
  readonly told: readonly Told[];
}

/** What a channel was last told of a key. */
export interface Told {
  /** `mail-1`, `webhook`. */
  readonly channel: string;
  readonly state: AlarmState | "clear";
  readonly at: Instant;
}

/** One thing to tell on one channel. */
export interface WatchMessage {
  readonly kind: "alarm" | "reminder" | "all-clear";
  readonly key: string;
  readonly state: AlarmState | "clear";
  readonly since: Instant | null;
  /** When the watchdog found this state. */
  readonly found: Instant;
  readonly title: string;
  readonly lines: readonly string[];
}

export const NOTHING: WatchMemory = { formatVersion: "1.0", alarms: [] };

/** The memory after a look: what is found now, what is over, and what nothing can be told of as it was. */
export function remember(memory: WatchMemory, { conditions, untold }: Findings, now: Instant): WatchMemory {
  const before = new Map(memory.alarms.map((alarm) => [alarm.key, alarm]));
  const found = conditions.map((condition) => foundAgain(before.get(condition.key), condition, now));
  const keys = new Set(conditions.map(({ key }) => key));
  const others = memory.alarms
    .filter(({ key }) => !keys.has(key))
    .map((alarm) => (untold(alarm.key) || alarm.state === "clear" ? alarm : cleared(alarm, now)));
  return sorted([...found, ...others]);
}

function foundAgain(
  before: RememberedAlarm | undefined,
  { key, state, title, lines, since }: Condition,
  now: Instant,
): RememberedAlarm {
  const found = before?.state === state ? before.found : now;
  return { key, state, found, title, lines, since, told: before?.told ?? [] };
}

function cleared(alarm: RememberedAlarm, now: Instant): RememberedAlarm {
  return { ...alarm, state: "clear", found: now };
}

/**
 * What a channel is still to be told: a change of state once, what goes on again after `remindEveryMs` (0: never). What
 * began and ended without its knowledge is no news to it.
 */
export function messagesFor(
  { alarms }: WatchMemory,
  channel: string,
  now: Instant,
  remindEveryMs: number,
): WatchMessage[] {
  return alarms.flatMap(({ key, state, since, found, title, lines, told }): WatchMessage[] => {
    const last = told.find((one) => one.channel === channel);
    const message = { key, state, since, found, title, lines };
    if (state === "clear") {
      return last === undefined || last.state === "clear" ? [] : [{ kind: "all-clear", ...message }];
    }
    if (last?.state !== state) return [{ kind: "alarm", ...message }];
    const due = remindEveryMs > 0 && Date.parse(now) - Date.parse(last.at) >= remindEveryMs;
    return due ? [{ kind: "reminder", ...message }] : [];
  });
}

/** The memory after a channel has taken these messages. */
export function noteTold(
  memory: WatchMemory,
  channel: string,
  messages: readonly WatchMessage[],
  now: Instant,
): WatchMemory {
  const states = new Map(messages.map(({ key, state }) => [key, state]));
  return sorted(
    memory.alarms.map((alarm) => {
      const state = states.get(alarm.key);
      if (state === undefined) return alarm;
      const others = alarm.told.filter((one) => one.channel !== channel);
      const told = [...others, { channel, state, at: now }];
      return { ...alarm, told: told.sort((a, b) => compareText(a.channel, b.channel)) };
    }),
  );
}

/** Without what is over and known to be over on every channel that there still is. */
export function forget(memory: WatchMemory, channels: readonly string[]): WatchMemory {
  const open = memory.alarms.filter(
    ({ state, told }) =>
      state !== "clear" || told.some((one) => one.state !== "clear" && channels.includes(one.channel)),
  );
  return sorted(open);
}

function sorted(alarms: readonly RememberedAlarm[]): WatchMemory {
  return { formatVersion: "1.0", alarms: [...alarms].sort((a, b) => compareText(a.key, b.key)) };
}

/** The memory as it is written. */
export function memoryText(memory: WatchMemory): string {
  return `${canonicalJson(memory)}\n`;
}
