import { foldedWords } from "../fold.ts";
import {
  FILTER_NAMES,
  type Filters,
  isActive,
  knownFilters,
  type Line,
  meets,
  NO_FILTERS,
  readFilters,
  withFilters,
} from "./parts/filters.ts";
import { markTerms } from "./parts/mark.ts";
import { at, find } from "./parts/place.ts";
import { readTerms } from "./parts/terms.ts";

/** Filters of the changelog. They live in the address, so a narrowed view can be linked. */

const form = find("form.filters", HTMLFormElement);
const details = find("details.filtering", HTMLDetailsElement);
const status = find("#filter-status", HTMLElement);
const months = find("#months", HTMLElement);
const own = [...(months?.children ?? [])];
const lines = new WeakMap<HTMLElement, Line>();
let whole: Promise<Element[] | null> | undefined;
let newest = 0;

if (form !== null && months !== null) {
  for (const set of form.querySelectorAll("fieldset")) set.disabled = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => go(fromForm(form), false));
  form.addEventListener("reset", () => go(NO_FILTERS, true));
  for (const link of document.querySelectorAll<SVGAElement>(".overview a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const { from = "", to = "", type = "" } = link.dataset;
      go({ ...fromAddress(), from, to, type }, true);
    });
  }
  // On a narrow screen the newest months come first into view.
  const drawing = document.querySelector(".overview");
  if (drawing !== null) drawing.scrollLeft = drawing.scrollWidth;
  addEventListener("popstate", () => void apply(fromAddress()));
  void apply(fromAddress());
}

function fromAddress(): Filters {
  return knownFilters(readFilters(location.search), (name) => {
    const field = form?.elements.namedItem(name);
    return field instanceof HTMLSelectElement ? [...field.options].map(({ value }) => value) : null;
  });
}

function fromForm(filled: HTMLFormElement): Filters {
  const data = new FormData(filled);
  const text = (name: keyof Filters): string => String(data.get(name) ?? "").trim();
  return Object.fromEntries(FILTER_NAMES.map((name) => [name, text(name)])) as unknown as Filters;
}

/** Puts filters into the address and applies them; a step that can be gone back from, unless someone is typing. */
function go(filters: Filters, step: boolean): void {
  const address = withFilters(location.href.replace(/#.*$/u, ""), filters);
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  void apply(filters);
}

async function apply(filters: Filters): Promise<void> {
  const turn = ++newest;
  fillForm(filters);
  const active = isActive(filters);
  if (details !== null && active) details.open = true;
  const shown = active ? await all() : own;
  if (turn !== newest || months === null) return;
  const sections = shown ?? own;
  if (months.children[0] !== sections[0] || months.children.length !== sections.length) {
    months.replaceChildren(...sections);
  }
  let count = 0;
  let total = 0;
  for (const section of sections) {
    let left = 0;
    for (const entry of section.querySelectorAll<HTMLElement>("li.entry")) {
      const met = meets(lineOf(entry), filters);
      entry.hidden = !met;
      left += met ? 1 : 0;
      // Notices without a list change stand among the publications, and are none.
      const isPublication = entry.dataset["list"] !== "";
      total += isPublication ? 1 : 0;
      count += met && isPublication ? 1 : 0;
    }
    if (section instanceof HTMLElement) section.hidden = left === 0;
  }
  for (const link of document.querySelectorAll<SVGAElement>(".overview a")) {
    const { from = "", to = "", type = "" } = link.dataset;
    const chosen = active && from === filters.from && to === filters.to && type === filters.type;
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  tell(active, count, total, shown === null, filters.q);
}

function tell(active: boolean, count: number, total: number, cut: boolean, q: string): void {
  if (status === null) return;
  status.replaceChildren();
  if (!active) return;
  const missing = cut ? " Older years could not be loaded." : "";
  status.append(`${count} of ${total} publications.${missing} `);
  if (q === "") return;
  const link = document.createElement("a");
  link.href = `${at("search/")}#${new URLSearchParams({ q })}`;
  link.textContent = "Search the parties for these words";
  status.append(link);
}

function fillForm(filters: Filters): void {
  for (const name of FILTER_NAMES) {
    const field = form?.elements.namedItem(name);
    if (
      (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) &&
      field.value !== filters[name]
    ) {
      field.value = filters[name];
    }
  }
}

function lineOf(entry: HTMLElement): Line {
  const known = lines.get(entry);
  if (known !== undefined) return known;
  const { list = "", types = "", programs = "", materiality = "", date = "" } = entry.dataset;
  const line = {
    list,
    types: types.split("|"),
    programs: programs.split("|"),
    materiality,
    date,
    words: foldedWords(entry.textContent ?? ""),
  };
  lines.set(entry, line);
  return line;
}

/** Every month of the whole history: this page's, or those of the years where this page has only the newest. */
function all(): Promise<Element[] | null> {
  const years = [...document.querySelectorAll<HTMLAnchorElement>(".years a[data-year]")];
  if (months?.dataset["scope"] !== "newest" || years.length === 0) return Promise.resolve(own);
  whole ??= Promise.all(years.map(({ href }) => monthsOf(href))).then((loaded) => {
    if (loaded.includes(null)) {
      whole = undefined;
      return null;
    }
    const terms = readTerms();
    const sections = loaded.flatMap((one) => one ?? []);
    if (terms.length > 0) for (const section of sections) markTerms(section, terms);
    return sections;
  });
  return whole;
}

async function monthsOf(address: string): Promise<Element[] | null> {
  try {
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const sections = [...page.querySelectorAll("#months > section")];
    for (const link of sections.flatMap((section) => [...section.querySelectorAll("a[href]")])) {
      link.setAttribute("href", new URL(link.getAttribute("href") ?? "", answer.url).href);
    }
    return sections.map((section) => document.adoptNode(section));
  } catch {
    return null;
  }
}
