import { countPhrase, type IsoDate, PARTY_TYPES, type RecordKind } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { grouped, joinAnd, plural } from "./words.ts";
import { monthWords } from "./words-date.ts";

/** A drawing of twelve months: publications, and parties by type and by what happened to them. */
export interface OverviewView {
  readonly width: number;
  /** Names of the rows stay in sight, to the left of this, when months are scrolled. */
  readonly labelWidth: number;
  readonly plotWidth: number;
  readonly height: number;
  readonly title: string;
  readonly months: readonly { readonly x: number; readonly name: string }[];
  readonly rows: readonly {
    readonly label: string;
    readonly y: number;
    readonly base: number;
    readonly cells: readonly CellView[];
  }[];
}

interface CellView {
  readonly x: number;
  readonly middle: number;
  readonly count: number;
  /** Where the number stands, above its bar. */
  readonly numberY: number;
  readonly label: string;
  /** Where the month's entries are. */
  readonly href: string;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly bars: readonly {
    readonly kind: string;
    readonly x: number;
    readonly y: number;
    readonly height: number;
  }[];
}

const LABELS = 100;
const COLUMN = 52;
const ROW = 46;
const TOP = 24;
const BAR = 26;
/** Of a row's height; above it stands the number. */
const TALLEST = 25;
const SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

type Tally = Record<"add" | "remove" | "modify" | "publication", number>;

/** True where OFAC published something: not where a segment begins, nor where only our reading changed. */
export const isPublication = (kind: RecordKind): boolean =>
  kind !== "baseline" && kind !== "reinterpretation";

/** The twelve months that end with one, oldest first. */
export function twelveMonths(last: string): string[] {
  const end = Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 1;
  return Array.from({ length: 12 }, (_, n) => {
    const month = end - 11 + n;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

/** Null where less than two of those months have anything: there is no course to see then. `hrefOf` says where a month's entries are. */
export function overview(
  placed: readonly Placed[],
  months: readonly string[],
  hrefOf: (month: string) => string,
): OverviewView | null {
  const tallies = tally(placed, new Set(months));
  if ((tallies.get("")?.size ?? 0) < 2) return null;
  const other = [...tallies.keys()].filter((type) => type !== "" && !PARTY_TYPES.includes(type)).sort();
  const types = ["", ...PARTY_TYPES.filter((type) => type !== "aircraft" || tallies.has(type)), ...other];
  const rows = types.map((type, at) => {
    const own = tallies.get(type) ?? new Map<string, Tally>();
    const most = Math.max(1, ...[...own.values()].map(sum));
    const base = TOP + (at + 1) * ROW - 6;
    return {
      label:
        type === ""
          ? "Publications"
          : countPhrase(type, 2)
              .replace(/^2 /u, "")
              .replace(/^./u, (c) => c.toUpperCase()),
      y: TOP + at * ROW,
      base,
      cells: months.flatMap((month, column) => {
        const counts = own.get(month);
        return counts === undefined ? [] : [cell({ month, column, type, counts, most, base }, hrefOf)];
      }),
    };
  });
  return {
    width: LABELS + months.length * COLUMN,
    labelWidth: LABELS,
    plotWidth: months.length * COLUMN,
    height: TOP + rows.length * ROW,
    title: `Publications and parties by month, ${monthName(months[0] ?? "")} to ${monthName(months.at(-1) ?? "")}`,
    months: months.map((month, column) => ({
      x: LABELS + column * COLUMN + COLUMN / 2,
      name: `${SHORT[Number(month.slice(5)) - 1] ?? ""}${column === 0 || month.endsWith("-01") ? ` ${month.slice(0, 4)}` : ""}`,
    })),
    rows,
  };
}

function tally(placed: readonly Placed[], months: ReadonlySet<string>): Map<string, Map<string, Tally>> {
  const tallies = new Map<string, Map<string, Tally>>();
  const count = (type: string, month: string, kind: keyof Tally) => {
    const own = tallies.get(type) ?? new Map<string, Tally>();
    tallies.set(type, own);
    const counts = own.get(month) ?? { add: 0, remove: 0, modify: 0, publication: 0 };
    own.set(month, counts);
    counts[kind] += 1;
  };
  for (const { stored } of placed) {
    const { date, kind, changes } = stored.record;
    const month = date?.slice(0, 7) ?? "";
    if (!months.has(month) || !isPublication(kind)) continue;
    count("", month, "publication");
    for (const change of changes) count(change.type, month, change.op);
  }
  return tallies;
}

interface CellFacts {
  readonly month: string;
  readonly column: number;
  readonly type: string;
  readonly counts: Tally;
  readonly most: number;
  readonly base: number;
}

function cell(
  { month, column, type, counts, most, base }: CellFacts,
  hrefOf: (month: string) => string,
): CellView {
  const x = LABELS + column * COLUMN;
  let y = base;
  const bars = (["publication", "modify", "remove", "add"] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => {
      const height = Math.max(1.5, Math.round((counts[kind] / most) * TALLEST * 10) / 10);
      y = Math.round((y - height) * 10) / 10;
      return { kind, x: x + (COLUMN - BAR) / 2, y, height };
    });
  return {
    x,
    middle: x + COLUMN / 2,
    count: sum(counts),
    numberY: Math.round((y - 3) * 10) / 10,
    label: `${monthName(month)}, ${words(type, counts)}`,
    href: hrefOf(month),
    from: `${month}-01`,
    to: lastDay(month),
    type,
    bars,
  };
}

function words(type: string, counts: Tally): string {
  if (type === "") return plural(counts.publication, "publication", "publications");
  const said = [
    counts.add > 0 ? `${grouped(counts.add)} added` : "",
    counts.remove > 0 ? `${grouped(counts.remove)} removed` : "",
    counts.modify > 0 ? `${grouped(counts.modify)} changed` : "",
  ];
  return `${countPhrase(type, sum(counts))}: ${joinAnd(said.filter((one) => one !== ""))}`;
}

const sum = (counts: Tally): number => counts.add + counts.remove + counts.modify + counts.publication;
const monthName = (month: string): string => monthWords(`${month}-01` as IsoDate);

function lastDay(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 0, 0)).toISOString().slice(0, 10);
}
