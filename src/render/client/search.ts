import MiniSearch, { type AsPlainObject } from "minisearch";
import { foldedWords } from "../fold.ts";
import {
  COMMON_PATH,
  type CommonWords,
  SEARCH_OPTIONS,
  type SearchDocument,
  type SearchHit,
  SHARD_PREFIX,
  shardOf,
  shardPath,
} from "../search-shape.ts";
import { at, fetchJson, find, make, name } from "./parts/place.ts";
import { queryOf } from "./parts/query.ts";

/** The search page: loads the few shards a query needs, and searches them here. */

const SHOWN = 50;
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

const shards = new Map<number, Promise<MiniSearch<SearchDocument> | null>>();
let common: Promise<ReadonlySet<string>> | undefined;
let newest = 0;

const form = find("form.search", HTMLFormElement);
const input = find("#q", HTMLInputElement);
const status = find("#search-status", HTMLElement);
const notShown = find("#not-shown", HTMLElement);
const results = find("#results", HTMLOListElement);

if (form !== null && input !== null) {
  input.value = fromAddress();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(input.value);
  });
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(input.value), 150);
  });
  addEventListener("hashchange", () => {
    input.value = fromAddress();
    void run(input.value);
  });
  await run(input.value);
}

async function run(text: string): Promise<void> {
  const own = ++newest;
  keepInAddress(text);
  const { words, isDate } = queryOf(text);
  if (words.length === 0) {
    return show([], text.trim() === "" ? "" : "Type letters or digits: there is nothing here to look for.");
  }
  const tooCommon = await commonWords();
  const telling = words.filter((word) => !tooCommon.has(word));
  const found = telling.length === 0 ? await programsOnly(words) : await partiesAndAll(telling, words);
  if (own !== newest) return;
  if (found === null) return show([], "The index could not be loaded. Check the connection and try again.");
  const left = telling.length === 0 ? [] : words.filter((word) => tooCommon.has(word));
  const note = left.length === 0 ? "" : ` Not looked for, being too common: ${left.join(", ")}.`;
  show(inFront(found.hits, words.join(""), isDate), `${found.said}${note}`);
}

interface Found {
  readonly hits: readonly SearchHit[];
  readonly said: string;
}

/** Of words that stand in too many names only programs are kept. Null where the index could not be had. */
async function programsOnly(words: readonly string[]): Promise<Found | null> {
  const loaded = await Promise.all(words.map((word) => search(word, false)));
  if (loaded.includes(null)) return null;
  const hits = together(loaded.flatMap((one) => (one === null ? [] : [one]))).filter(isProgram);
  const subject =
    words.length === 1
      ? "That word stands in too many names."
      : "Each of these words stands in too many names.";
  const rest = hits.length === 0 ? "Add another." : "Programs alone are shown; add another to find parties.";
  return { hits, said: `${subject} ${rest}` };
}

/**
 * What has every telling word. A short last word may be whole, or just begun: then it only narrows by the names shown
 * what the words before it found, and where that leaves nothing it is not looked for. Null where the index could not
 * be had.
 */
async function partiesAndAll(telling: readonly string[], words: readonly string[]): Promise<Found | null> {
  const last = telling.at(-1) ?? "";
  const isShort = [...last].length < SHARD_PREFIX;
  const loaded = await Promise.all(telling.map((word, n) => search(word, n === telling.length - 1)));
  if (loaded.includes(null)) return null;
  const each = loaded.flatMap((one) => (one === null ? [] : [one]));
  const whole = together(each);
  if (!isShort || telling.length === 1) {
    const short = isShort
      ? ` With ${SHARD_PREFIX} letters or more, longer words that begin so are found too.`
      : "";
    return { hits: whole, said: `${summary(whole.length)}${short}` };
  }
  const before = together(each.slice(0, -1));
  const known = new Set(whole.map(({ id }) => id));
  const begun = before.filter(
    ({ id, n }) => !known.has(id) && foldedWords(n).some((word) => word.startsWith(last)),
  );
  const hits = [...whole, ...begun];
  if (hits.length > 0 || before.length === 0) return { hits, said: summary(hits.length) };
  const rest = words.filter((word) => word !== last).join(" ");
  return {
    hits: before,
    said: `Nothing found with \u201c${last}\u201d as a word of its own. Shown without it: ${rest}, ${summary(before.length)}`,
  };
}

function isProgram({ id }: SearchHit): boolean {
  return id.startsWith("g");
}

/** The program that has exactly that tag before all, and before parties the publications of a day. */
function inFront(hits: readonly SearchHit[], whole: string, isDate: boolean): SearchHit[] {
  const rank = (hit: SearchHit): number => {
    if (isProgram(hit) && foldedWords(hit.id.slice(1)).join("") === whole) return 0;
    return isDate && hit.id.startsWith("r") ? 1 : 2;
  };
  return [...hits].sort((a, b) => rank(a) - rank(b));
}

function summary(count: number): string {
  if (count === 0) return "Nothing found.";
  return `${count} found${count > SHOWN ? `, the first ${SHOWN} shown` : ""}.`;
}

async function commonWords(): Promise<ReadonlySet<string>> {
  common ??= fetchJson<CommonWords>(COMMON_PATH).then((file) => new Set(file?.words ?? []));
  return common;
}

type Hits = ReadonlyMap<string, { readonly score: number; readonly hit: SearchHit }>;

/** Documents with a word; the last one typed may be only the beginning of one, and a long one may be misspelt. */
async function search(word: string, last: boolean): Promise<Hits | null> {
  const shard = shardOf(word);
  const loaded = shards.get(shard) ?? load(shard);
  shards.set(shard, loaded);
  const index = await loaded;
  if (index === null) {
    shards.delete(shard);
    return null;
  }
  const long = [...word].length >= SHARD_PREFIX;
  const found = index.search(word, {
    prefix: last && long,
    fuzzy: /^\p{L}{5,}$/u.test(word) ? 1 : false,
  });
  return new Map(
    found.map(({ id, score, n, t, s, d, r, p }) => [
      String(id),
      { score, hit: { id: String(id), n, t, s, d, r, p } },
    ]),
  );
}

async function load(shard: number): Promise<MiniSearch<SearchDocument> | null> {
  const file = await fetchJson<AsPlainObject>(shardPath(shard));
  return file === null ? null : MiniSearch.loadJS<SearchDocument>(file, SEARCH_OPTIONS);
}

/** What has every word, the best first; equally good ones by name. */
function together(hits: readonly Hits[]): SearchHit[] {
  const [first, ...others] = hits;
  const scored = [...(first ?? [])].flatMap(([id, { score, hit }]) => {
    const more = others.map((other) => other.get(id)?.score);
    return more.includes(undefined)
      ? []
      : [{ hit, score: more.reduce<number>((sum, one) => sum + (one ?? 0), score) }];
  });
  return scored.sort((a, b) => b.score - a.score || (a.hit.n < b.hit.n ? -1 : 1)).map(({ hit }) => hit);
}

function show(hits: readonly SearchHit[], said: string): void {
  if (status !== null) status.textContent = said;
  // Nothing found may mean that no file at hand has it.
  if (notShown !== null) notShown.hidden = hits.length > 0 || said === "";
  results?.replaceChildren(...hits.slice(0, SHOWN).map(item));
}

function item(hit: SearchHit): HTMLLIElement {
  const row = make("li", "hit");
  const heading = make("h2");
  const link = make("a");
  link.append(name(hit.n));
  heading.append(link);
  const meta = make("p", "meta");
  if (hit.id.startsWith("r")) {
    link.href = at(`publications/${hit.r ?? ""}/`);
    meta.textContent = "Publication";
  } else if (hit.id.startsWith("g")) {
    link.href = at(hit.p ?? "");
    meta.textContent = "Program";
  } else {
    party(hit, link, meta);
  }
  row.append(heading, meta);
  return row;
}

function party(hit: SearchHit, link: HTMLAnchorElement, meta: HTMLElement): void {
  const uid = hit.id.slice(1);
  const type = hit.t ?? "";
  const standing = hit.s === "l" ? "listed" : hit.s === "r" ? "removed" : "not known whether still listed";
  meta.append(
    `${type.charAt(0).toUpperCase()}${type.slice(1)} \u00b7 uid ${uid} \u00b7 `,
    make("span", `standing ${hit.s === "r" ? "removed" : "listed"}`, standing),
  );
  if (hit.r === undefined) {
    link.href = `https://sanctionssearch.ofac.treas.gov/Details.aspx?id=${encodeURIComponent(uid)}`;
    link.rel = "noreferrer";
    meta.append(" \u00b7 no change recorded here; leads to OFAC\u2019s own search");
    return;
  }
  link.href = at(`parties/${uid}/`);
  const change = make("a", "", hit.d === undefined ? "last change" : `last change ${dateWords(hit.d)}`);
  change.href = at(`publications/${hit.r}/#party-${uid}`);
  meta.append(" \u00b7 ", change);
}

function dateWords(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** What is looked for stands behind the number sign: browsers send that part of an address to nobody. */
function fromAddress(): string {
  const { hash, search: query } = new URL(location.href);
  return new URLSearchParams(hash.slice(1)).get("q") ?? new URLSearchParams(query).get("q") ?? "";
}

function keepInAddress(text: string): void {
  const url = new URL(location.href);
  url.search = "";
  url.hash = text.trim() === "" ? "" : String(new URLSearchParams({ q: text.trim() }));
  if (url.href !== location.href) history.replaceState(null, "", url);
}
