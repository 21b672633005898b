import { find } from "./parts/place.ts";

/** How long ago the newest look was, by the reader's own clock. */

const age = find("#age", HTMLElement);
const looks = [...document.querySelectorAll("#sources time")].map((time) =>
  Date.parse(time.getAttribute("datetime") ?? ""),
);
const newest = Math.max(...looks);
if (age !== null && Number.isFinite(newest)) {
  const minutes = Math.max(0, Math.round((Date.now() - newest) / 60_000));
  const ago =
    minutes < 120
      ? `${minutes} minutes`
      : minutes < 2880
        ? `${Math.round(minutes / 60)} hours`
        : `${Math.round(minutes / 1440)} days`;
  age.textContent =
    minutes > 1440
      ? `By your clock that was ${ago} ago: nobody may be looking any more, and what is shown may be old.`
      : `By your clock that was ${ago} ago.`;
}
