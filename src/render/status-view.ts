import { addDays, easternDate, type Instant, type IsoDate } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import type { ContextIndex } from "./context-view.ts";
import type { SiteStatus } from "./input.ts";
import { publicationPath } from "./page.ts";
import { grouped, plural } from "./words.ts";
import { dateWords } from "./words-date.ts";

/** How long OFAC's publications took to reach us, in words. */
export interface LagView {
  readonly p50: string;
  readonly p95: string;
  readonly longest: string;
  readonly count: string;
}

/** From OFAC's instant to our first sight, of every live publication that has both; null where none has. */
export function lagView(placed: readonly Placed[], { observations }: ContextIndex): LagView | null {
  const lags = placed
    .flatMap(({ stored: { record } }) => {
      const published = record.window.notLaterThan;
      const seen = observations.get(record.id)?.firstSeen;
      const counts = record.origin === "live" && record.kind === "publication";
      if (!counts || published === null || seen === undefined) return [];
      const lag = Date.parse(seen) - Date.parse(published);
      return Number.isFinite(lag) && lag >= 0 ? [lag] : [];
    })
    .sort((a, b) => a - b);
  if (lags.length === 0) return null;
  return {
    p50: durationWords(percentile(lags, 50)),
    p95: durationWords(percentile(lags, 95)),
    longest: durationWords(lags.at(-1) ?? 0),
    count: plural(lags.length, "publication", "publications"),
  };
}

/** Nearest rank: the smallest value with at least that share at or below it. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? 0;
}

/** `48 min`, `3 h 20 min`, `2 days`. */
export function durationWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${grouped(Math.round(hours / 24))} days`;
}

interface DayView {
  readonly kind: "news" | "looked" | "none" | "later";
  readonly mark: string;
  readonly label: string;
  readonly path: string | null;
}

/** The last weeks, day by day. */
export interface CalendarView {
  readonly caption: string;
  readonly weekdays: readonly { readonly name: string; readonly short: string }[];
  readonly weeks: readonly { readonly name: string; readonly days: readonly DayView[] }[];
}

const WEEKS = 8;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Days with a look or a publication, in weeks ending with the newest look; null when nobody ever looked. */
export function calendarView(
  status: SiteStatus,
  placed: readonly Placed[],
  { observations }: ContextIndex,
): CalendarView | null {
  if (status.at === null) return null;
  const last = easternDate(status.at);
  const monday = addDays(last, -((new Date(`${last}T00:00:00Z`).getUTCDay() + 6) % 7));
  const looked = new Set(status.looks.map(easternDate));
  const news = new Map<IsoDate, { id: string; count: number }>();
  for (const { stored } of placed) {
    const { id, origin, kind } = stored.record;
    const seen = observations.get(id)?.firstSeen;
    if (origin !== "live" || seen === undefined) continue;
    const day = easternDate(seen);
    looked.add(day);
    if (kind === "publication") news.set(day, { id, count: (news.get(day)?.count ?? 0) + 1 });
  }
  const dayView = (day: IsoDate): DayView => {
    const own = news.get(day);
    if (own !== undefined) {
      const label = `${dateWords(day)}: ${plural(own.count, "publication", "publications")}`;
      return { kind: "news", mark: String(own.count), label, path: publicationPath(own.id) };
    }
    if (day > last) return { kind: "later", mark: "", label: `${dateWords(day)}: to come`, path: null };
    return looked.has(day)
      ? { kind: "looked", mark: "\u2713", label: `${dateWords(day)}: looked, nothing new`, path: null }
      : { kind: "none", mark: "\u00b7", label: `${dateWords(day)}: no look kept`, path: null };
  };
  const weeks = Array.from({ length: WEEKS }, (_, back) => {
    const from = addDays(monday, -7 * (WEEKS - 1 - back));
    return { name: dateWords(from), days: Array.from({ length: 7 }, (_, n) => dayView(addDays(from, n))) };
  });
  return {
    caption:
      "A number: publications first seen that day. A tick: we looked and there was nothing new. A dot: no look is written down.",
    weekdays: WEEKDAYS.map((name) => ({ name, short: name.slice(0, 2) })),
    weeks,
  };
}

/** Of several instants the newest; null of none. */
export function newestInstant(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce<Instant | null>((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
}
