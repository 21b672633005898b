import type { ModifiedView } from "./change-view.ts";
import type { DigestPart, DigestView } from "./digest-view.ts";
import type { PartyView } from "./party-view.ts";
import type { PartyGroup } from "./publication-view.ts";
import type { ChecksView } from "./reconciliation-view.ts";
import type { Templates } from "./templates.ts";
import { plural } from "./words.ts";

/** Gmail cuts a mail at 102 kB; below this nothing is lost. In bytes of UTF-8. */
const LIMIT = 98_000;

/** How much of each section is written out: parties with all facts, parties by name, changes in full. */
interface Room {
  readonly full: number;
  readonly named: number;
  readonly changed: number;
  readonly unknown: number;
  readonly coverage: boolean;
  readonly quotes: number;
  /** Events, mass edits and sentences of the checks, each. */
  readonly lines: number;
}

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** From all to little. Names go last: who it is matters most. */
const ROOMS: readonly Room[] = [
  {
    full: EVERYTHING,
    named: EVERYTHING,
    changed: EVERYTHING,
    unknown: EVERYTHING,
    coverage: true,
    quotes: 6,
    lines: EVERYTHING,
  },
  { full: 60, named: EVERYTHING, changed: 60, unknown: 20, coverage: true, quotes: 4, lines: 60 },
  { full: 30, named: 300, changed: 30, unknown: 10, coverage: true, quotes: 3, lines: 40 },
  { full: 15, named: 200, changed: 15, unknown: 5, coverage: true, quotes: 2, lines: 30 },
  { full: 8, named: 100, changed: 8, unknown: 3, coverage: true, quotes: 1, lines: 20 },
  { full: 3, named: 40, changed: 3, unknown: 1, coverage: true, quotes: 0, lines: 10 },
  { full: 0, named: 20, changed: 1, unknown: 0, coverage: false, quotes: 0, lines: 6 },
  { full: 0, named: 5, changed: 0, unknown: 0, coverage: false, quotes: 0, lines: 3 },
  { full: 0, named: 0, changed: 0, unknown: 0, coverage: false, quotes: 0, lines: 1 },
];

/** The HTML part: as much as fits, and beside every cut how much was left out and where it is. */
export function digestHtml(view: DigestView, templates: Templates): string {
  let html = "";
  for (const room of ROOMS) {
    html = write(view, room, templates);
    if (new TextEncoder().encode(html).length <= LIMIT) return html;
  }
  return html;
}

function write(view: DigestView, room: Room, templates: Templates): string {
  return templates.render("mail/digest.hbs", {
    ...view,
    parts: view.parts.map((part) => cutPart(part, room)),
  });
}

/** A part with every section cut to its room. */
function cutPart(part: DigestPart, room: Room): object {
  const { publication } = part;
  return {
    ...part,
    context: {
      ...part.context,
      checks: cutChecks(part.context.checks, room),
      ...cutLines("items", part.context.items, room),
    },
    publication: {
      ...publication,
      ...cutLines("events", publication.events, room),
      ...cutLines("massEdits", publication.massEdits, room),
      addedAny: publication.added.length > 0,
      added: cutGroups(publication.added, room),
      removedAny: publication.removed.length > 0,
      removed: cutGroups(publication.removed, room),
      changedAny: publication.changed.length > 0,
      changed: cutChanged(publication.changed, room),
      unknownAny: publication.unknown.length > 0,
      unknown: publication.unknown.slice(0, room.unknown),
      unknownLeft: left(publication.unknown.length - room.unknown, "party", "parties"),
      notCovered: room.coverage ? publication.notCovered : [],
    },
  };
}

/** A list under its own name, and beside it how much was left out. */
function cutLines(name: string, items: readonly unknown[], room: Room): Record<string, unknown> {
  return {
    [name]: items.slice(0, room.lines),
    [`${name}Left`]: left(items.length - room.lines, "line", "lines"),
  };
}

function cutChecks(checks: ChecksView | null, room: Room): ChecksView | null {
  if (checks === null) return null;
  return {
    ...checks,
    sentences: checks.sentences.slice(0, room.lines),
    delta: checks.delta.slice(0, room.lines),
    quotes: checks.quotes.slice(0, room.quotes),
  };
}

interface CutGroup {
  readonly program: string;
  readonly countWords: string;
  readonly parties: readonly PartyView[];
  /** Parties by name alone. */
  readonly brief: readonly PartyView[];
}

/** The first parties in full, the next by name, the rest counted; over the groups in their order. */
function cutGroups(
  groups: readonly PartyGroup[],
  room: Room,
): { shown: readonly CutGroup[]; left: string | null } {
  let rest = 0;
  let full = room.full;
  let named = room.named;
  const cut = groups.map(({ program, countWords, parties }) => {
    const whole = parties.slice(0, full);
    full -= whole.length;
    const brief = parties.slice(whole.length, whole.length + named);
    named -= brief.length;
    rest += parties.length - whole.length - brief.length;
    return { program, countWords, parties: whole, brief };
  });
  const shown = cut.filter((group) => group.parties.length + group.brief.length > 0);
  return { shown, left: left(rest, "party", "parties") };
}

function cutChanged(
  changed: readonly ModifiedView[],
  room: Room,
): { shown: readonly ModifiedView[]; brief: readonly ModifiedView[]; left: string | null } {
  const shown = changed.slice(0, room.changed);
  const brief = changed.slice(shown.length, shown.length + Math.min(room.named, 200));
  return { shown, brief, left: left(changed.length - shown.length - brief.length, "party", "parties") };
}

const left = (count: number, one: string, many: string): string | null =>
  count <= 0 ? null : `${plural(count, one, many)} more`;
