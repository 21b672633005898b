import type { WatchFile } from "../search-shape.ts";
import { markTerms } from "./parts/mark.ts";
import { matchesOf, matchItem } from "./parts/matches.ts";
import { at, fetchJson, make } from "./parts/place.ts";
import { keepSeen, readSeen, readTerms, seenKey, type Term } from "./parts/terms.ts";

/** On every page: marks the reader's own terms, and says when a new publication names one of them. */

interface Status {
  readonly newest: { readonly id: string } | null;
}

async function watch(): Promise<void> {
  const terms = readTerms();
  const main = document.querySelector("main");
  if (terms.length === 0 || main === null) return;
  const found = markTerms(main, terms);
  if (found.size > 0) alertAbove(main, hereWords(found));
  const status = await fetchJson<Status>("status.json");
  const newest = status?.newest?.id;
  if (newest === undefined) return;
  const key = seenKey(newest, terms);
  if (readSeen() === key) return;
  const file = await fetchJson<WatchFile>("watch.json");
  if (file === null) return;
  const known = readSeen()?.split(" ")[0] ?? "";
  const fresh = file.publications.slice(0, upTo(file, known));
  const matches = matchesOf({ ...file, publications: fresh }, terms);
  keepSeen(key);
  if (matches.length === 0) return;
  const list = make("ul");
  list.append(...matches.slice(0, 5).map(matchItem));
  const more = make("a", "", "All matches");
  more.href = at("watch/");
  alertAbove(main, "New publications name your watch terms:", list, more);
}

/** Publications before the one that was compared last; all when it is not among them. */
function upTo({ publications }: WatchFile, known: string): number {
  const seen = publications.findIndex(({ id }) => id === known);
  return seen <= 0 ? publications.length : seen;
}

function hereWords(found: ReadonlyMap<Term, number>): string {
  const words = [...found].map(([{ text }, count]) => `${text} (${count})`).join(", ");
  return `Your watch terms on this page: ${words}`;
}

function alertAbove(main: Element, text: string, ...more: Element[]): void {
  const note = make("aside", "watch-alert");
  note.setAttribute("aria-label", "Watch terms");
  note.append(make("p", "", text), ...more);
  main.before(note);
}

/** Opens what is folded away around the element that the address names. */
function openTarget(): void {
  const { hash } = location;
  const target = hash === "" ? null : document.getElementById(hash.slice(1));
  for (let at = target?.closest("details"); at != null; at = at.parentElement?.closest("details")) {
    if (!at.open) {
      at.open = true;
      target?.scrollIntoView();
    }
  }
}

openTarget();
addEventListener("hashchange", openTarget);
await watch();
