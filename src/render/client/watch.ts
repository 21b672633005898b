import type { WatchFile } from "../search-shape.ts";
import { matchesOf, matchItem } from "./parts/matches.ts";
import { fetchJson, find } from "./parts/place.ts";
import { forget, keepTerms, parseTerms, readTerms, type Term } from "./parts/terms.ts";

/** The page of watch terms: keeps them in this browser, and compares them with the newest publications. */

const form = find("form.watch", HTMLFormElement);
const area = find("#terms", HTMLTextAreaElement);
const status = find("#watch-status", HTMLElement);
const section = find("#matches", HTMLElement);

if (form !== null && area !== null) {
  area.value = readTerms()
    .map(({ text }) => text)
    .join("\n");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const terms = parseTerms(area.value);
    const kept = keepTerms(terms);
    area.value = terms.map(({ text }) => text).join("\n");
    void show(
      terms,
      kept ? `Kept ${count(terms)} in this browser.` : "This browser refuses to keep anything.",
    );
  });
  document.querySelector("#forget")?.addEventListener("click", () => {
    forget();
    area.value = "";
    void show([], "Forgotten.");
  });
  await show(readTerms(), "");
}

async function show(terms: readonly Term[], said: string): Promise<void> {
  const list = section?.querySelector("ol");
  if (status === null || section === null || list === null || list === undefined) return;
  list.replaceChildren();
  section.hidden = true;
  status.textContent = said;
  if (terms.length === 0) return;
  const file = await fetchJson<WatchFile>("watch.json");
  if (file === null) {
    status.textContent = `${said} The newest publications could not be loaded.`;
    return;
  }
  const matches = matchesOf(file, terms);
  status.textContent =
    `${said} ${matches.length === 0 ? "None of them is" : `${matches.length} ${matches.length === 1 ? "party is" : "parties are"}`} named in the newest ${file.publications.length} publications with changes.`.trim();
  list.append(...matches.map(matchItem));
  section.hidden = matches.length === 0;
}

const count = (terms: readonly Term[]): string => (terms.length === 1 ? "1 name" : `${terms.length} names`);
