import { find } from "./parts/place.ts";

/** How long ago the newest look was, by the reader's own clock. */

/** Minutes without a look after which what is shown may be old. */
const DAY = 1440;

const age = find("#age", HTMLElement);
const looks = [...document.querySelectorAll("#sources time")].map((time) =>
  Date.parse(time.getAttribute("datetime") ?? ""),
);
const newest = Math.max(...looks);
if (age !== null && Number.isFinite(newest)) {
  const minutes = Math.max(0, Math.round((Date.now() - newest) / 60_000));
  const isOld = minutes > DAY;
  const words = `By your clock that was ${ago(minutes)} ago`;
  age.textContent = isOld
    ? `${words}: nobody may be looking any more, and what is shown may be old.`
    : `${words}.`;
  if (isOld) {
    age.className = "callout warn";
    // What was current when we last looked is not known to be so any more.
    for (const state of document.querySelectorAll("#sources .state.current")) {
      state.className = "state stale";
      state.textContent = "Current when last looked at; not known since";
    }
  }
}

function ago(minutes: number): string {
  if (minutes < 120) return counted(minutes, "minute");
  return minutes < 2 * DAY
    ? counted(Math.round(minutes / 60), "hour")
    : counted(Math.round(minutes / DAY), "day");
}

function counted(count: number, unit: string): string {
  return `${count} ${count === 1 ? unit : `${unit}s`}`;
}
