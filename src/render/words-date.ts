import { easternClock, type Instant, type IsoDate } from "../domain/index.ts";
import { ENGLISH, type Language } from "./language.ts";

/** `23 May 2023`; `undated` for none. Tables of our own: locale data differs between machines. */
export function dateWords(date: IsoDate | null, language: Language = ENGLISH): string {
  const { dates } = language.words;
  if (date === null) return dates.undated;
  const [year = "", month = "", day = ""] = date.split("-");
  return language.say(dates.day, {
    year,
    month: dates.months[Number(month) - 1] ?? month,
    day: Number(day),
  });
}

/** `Tuesday 23 May 2023`. */
export function longDateWords(date: IsoDate | null, language: Language = ENGLISH): string {
  const { dates } = language.words;
  if (date === null) return dates.undated;
  const [year = "", month = "", day = ""] = date.split("-");
  return language.say(dates.long, {
    weekday: dates.weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "",
    year,
    month: dates.months[Number(month) - 1] ?? month,
    day: Number(day),
  });
}

/** `May 2023`. */
export function monthWords(date: IsoDate): string {
  return dateWords(date).split(" ").slice(1).join(" ");
}

/** `23 May 2023, 18:43 UTC (14:43 Eastern)`; the Eastern date is named where it is another. */
export function instantWords(instant: Instant, language: Language = ENGLISH): string {
  const { dates } = language.words;
  const utc = new Date(instant).toISOString();
  const clock = easternClock(instant);
  const values = {
    day: dateWords(utc.slice(0, 10), language),
    utc: utc.slice(11, 16),
    eastern: `${two(clock.hour)}:${two(clock.minute)}`,
  };
  if (clock.date === utc.slice(0, 10)) return language.say(dates.instant, values);
  return language.say(dates.instantOtherDay, { ...values, easternDay: dateWords(clock.date, language) });
}

const two = (n: number): string => String(n).padStart(2, "0");

/** When a publication must have happened, as far as it is known. */
export function windowWords(
  window: { readonly after: Instant | null; readonly notLaterThan: Instant | null },
  language: Language = ENGLISH,
): string {
  const { dates } = language.words;
  const after = window.after === null ? null : instantWords(window.after, language);
  const notLater = window.notLaterThan === null ? null : instantWords(window.notLaterThan, language);
  if (after === null && notLater === null) return dates.notKnown;
  if (after === null) return language.say(dates.notLater, { notLater: notLater ?? "" });
  if (notLater === null) return language.say(dates.after, { after });
  return language.say(dates.between, { after, notLater });
}
