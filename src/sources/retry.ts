import type { Instant } from "../domain/index.ts";
import type { SourceSettings } from "./settings.ts";

/**
 * Milliseconds a `Retry-After` asks for (RFC 9110 §10.2.3: seconds, or an HTTP date); null when there is none
 * or it cannot be read. A date in the past is zero.
 */
export function retryAfterMs(header: string | null, now: Instant): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) || !/[a-z]{3}/i.test(text) ? null : Math.max(0, at - Date.parse(now));
}

/**
 * Milliseconds to wait before attempt `next` (2 for the first repetition): doubled each time up to the cap,
 * never less than the source asked for, never random. Null: the source wants more time than one look has.
 */
export function waitBefore(next: number, asked: number | null, settings: SourceSettings): number | null {
  if (asked !== null && asked > settings.retryAfterCapMs) return null;
  const backoff = Math.min(settings.backoffMs * 2 ** (next - 2), settings.backoffCapMs);
  return Math.max(backoff, asked ?? 0);
}
