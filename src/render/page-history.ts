import {
  compareText,
  type Density,
  densityOf,
  FORMAT_VERSION,
  type Head,
  type IsoDate,
  LIST_TITLE,
  LISTS,
  type Profile,
  type SegmentsFile,
} from "../domain/index.ts";
import { json } from "./api.ts";
import { publicationPath, renderPage } from "./page.ts";
import type { Bench } from "./plan.ts";
import { parties, plural } from "./words.ts";
import { dateWords } from "./words-date.ts";

const READ_FROM: Readonly<Record<Profile, string>> = {
  enhanced: "OFAC\u2019s Enhanced XML",
  legacy: "OFAC\u2019s XML",
  csv: "SDN.CSV alone: without aliases and addresses, remarks cut at 1,000 characters",
  "csv-set": "OFAC\u2019s CSV files of one publication together",
};

/** A segment with where it is dense and where it has gaps. */
interface Segment {
  readonly head: Head;
  readonly density: Density;
}

/** All segments: the live ones first, then the imported ones in order of time. */
function segmentsOf({ input, placed }: Bench): Segment[] {
  return input.heads
    .map((head) => {
      const records = placed
        .map(({ stored }) => stored.record)
        .filter(({ list, segment }) => list === head.list && segment === head.segment);
      return { head, density: densityOf(records) };
    })
    .sort(
      (a, b) =>
        LISTS.indexOf(a.head.list) - LISTS.indexOf(b.head.list) ||
        Number(b.head.origin === "live") - Number(a.head.origin === "live") ||
        compareText(a.density.stretches[0]?.from ?? "", b.density.stretches[0]?.from ?? "") ||
        compareText(a.head.segment, b.head.segment),
    );
}

/** Segments side by side: which is live, what each was read from, where it is dense, where it has gaps. */
export function renderHistory(bench: Bench): Uint8Array {
  const { input, templates, composed } = bench;
  const segments = segmentsOf(bench);
  const page = {
    path: "history/",
    title: "History",
    description:
      "Which stretches of the lists' history are recorded here, from what, and where there are gaps.",
    composed,
    feed: null,
  };
  return renderPage(templates, "site/history.hbs", input.site, page, {
    lists: LISTS.map((list) => {
      const own = segments.filter(({ head }) => head.list === list);
      return { title: LIST_TITLE[list], chart: chartOf(own), segments: own.map(segmentView) };
    }).filter(({ segments: own }) => own.length > 0),
  });
}

/** One date for a single day. */
function spanWords(from: IsoDate | null, to: IsoDate | null): string {
  return from === to ? dateWords(from) : `${dateWords(from)} to ${dateWords(to)}`;
}

function segmentView({ head, density: { stretches, gaps, provenance } }: Segment): object {
  return {
    name: head.segment,
    isLive: head.origin === "live",
    readFrom: READ_FROM[head.profile],
    time: spanWords(stretches[0]?.from ?? null, stretches.at(-1)?.to ?? null),
    records: plural(head.records, "record", "records"),
    parties: parties(head.state.parties),
    newest: publicationPath(head.id),
    grades: Object.entries(provenance).map(
      ([grade, count]) => `${count} from ${GRADE_WORDS[grade] ?? grade}`,
    ),
    stretches: stretches.map(({ from, to, records }) => ({
      words: spanWords(from, to),
      records: plural(records, "record", "records"),
    })),
    gaps: gaps.map(({ after, until, days, id }) => ({
      words: `${dateWords(after)} to ${dateWords(until)}`,
      days: plural(days, "day", "days"),
      path: publicationPath(id),
    })),
  };
}

const GRADE_WORDS: Readonly<Record<string, string>> = {
  "official file": "files that we had from OFAC itself",
  "third-party capture": "files of OFAC\u2019s that somebody else kept",
  "official delta": "OFAC\u2019s own deltas",
  composed: "composed files",
};

const WIDTH = 720;
const ROW = 26;
const LABEL = 120;
/** A single day would else not be seen. */
const THINNEST = 3;

/** Each segment as a row of bars on one scale of time; null where there is nothing to compare. */
function chartOf(segments: readonly Segment[]): object | null {
  const days = segments
    .flatMap(({ density }) => density.stretches.flatMap(({ from, to }) => [from, to]))
    .sort(compareText);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const [begin, end] = [dayNumber(first), dayNumber(last)];
  const x = (day: IsoDate) => LABEL + ((dayNumber(day) - begin) / (end - begin)) * (WIDTH - LABEL - THINNEST);
  const years = [];
  for (let year = Number(first.slice(0, 4)) + 1; year <= Number(last.slice(0, 4)); year += 1) {
    years.push({ year, x: tenth(x(`${year}-01-01`)) });
  }
  return {
    width: WIDTH,
    height: ROW * segments.length + ROW,
    foot: ROW * segments.length + 16,
    lines: ROW * segments.length,
    years,
    rows: segments.map(({ head, density }, i) => ({
      name: head.segment,
      text: ROW * i + 17,
      bars: density.stretches.map(({ from, to }) => ({
        x: tenth(x(from)),
        y: ROW * i + 5,
        width: tenth(Math.max(THINNEST, x(to) - x(from))),
        height: ROW - 10,
        title: `${head.segment}: ${spanWords(from, to)}`,
      })),
    })),
  };
}

function dayNumber(day: IsoDate): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `api/v1/segments.json`: the same for programs. */
export function renderSegments(bench: Bench): Uint8Array {
  return json({
    formatVersion: FORMAT_VERSION,
    segments: segmentsOf(bench).map(({ head, density }) => ({
      list: head.list,
      segment: head.segment,
      origin: head.origin,
      profile: head.profile,
      interpreter: head.interpreter,
      coverage: head.coverage,
      records: head.records,
      head: head.id,
      state: head.state,
      ...density,
    })),
  } satisfies SegmentsFile);
}
