import { type Area, compareText, type LedgerRecord, type Party, typesInOrder } from "../domain/index.ts";
import {
  type Block,
  type FactRow,
  facts,
  flags,
  type GlanceRow,
  lines,
  links,
  type PartyBlock,
  type Place,
  type Room,
  type Tone,
  text,
} from "./digest-blocks.ts";
import { countedParties, partiesIn } from "./digest-counts.ts";
import { saidOf } from "./digest-events.ts";
import type { WhyTeller } from "./digest-why.ts";
import type { Language } from "./language.ts";
import { type FactView, partyFacts, programCodes } from "./party-view.ts";
import { capital } from "./words.ts";

/** Parties of one program and type that came, or went. */
export interface MemberGroup {
  readonly program: string;
  readonly type: string;
  readonly members: readonly Party[];
}

/** By program, then type in the headline's order, then uid. A party with several programs stands once. */
export function groupsOf(members: readonly Party[], language: Language): MemberGroup[] {
  const groups = new Map<string, Party[]>();
  for (const party of members) {
    const program = programCodes(party).join(", ") || language.words.children.noProgram;
    groups.set(program, [...(groups.get(program) ?? []), party]);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([program, own]) =>
      typesInOrder(Object.fromEntries(own.map(({ type }) => [type, 1]))).map((type) => ({
        program,
        type,
        members: own.filter((party) => party.type === type),
      })),
    );
}

/** Names shown at a glance: as many as a phone's first screen holds. */
const GLANCE_NAMES = 12;

/** One row for each group; the names where all of them fit. */
export function glanceRows(
  groups: readonly MemberGroup[],
  tone: Exclude<Tone, "plain">,
  language: Language,
): GlanceRow[] {
  const all = groups.reduce((sum, { members }) => sum + members.length, 0);
  return groups.map(({ program, members }) => ({
    is: flags(tone),
    sign: SIGNS[tone],
    title: program,
    counts: countedParties(language, members),
    names: all > GLANCE_NAMES ? [] : members.map(({ name }) => name.full),
  }));
}

export const SIGNS: Readonly<Record<Exclude<Tone, "plain">, string>> = {
  added: "+",
  removed: "\u2212",
  changed: "\u2206",
};

export interface Telling {
  readonly record: LedgerRecord;
  readonly op: "add" | "remove";
  readonly why: WhyTeller;
  readonly room: Room;
  readonly place: Place;
  readonly language: Language;
}

/** Groups in full where they fit, else by name; what is said of all of a group is said once. */
export function groupBlocks(groups: readonly MemberGroup[], telling: Telling): Block[] {
  const { room, place, language, op } = telling;
  const { mail } = language.words;
  let named = room.named;
  let left = 0;
  const blocks: Block[] = [];
  const inFull = (group: MemberGroup) => group.members.length <= room.full;
  const brief = groups.filter((group) => !inFull(group));
  if (brief.length > 0 && room.named > 0) blocks.push(text(mail.byName, "quiet"));
  for (const group of groups) {
    const shown = inFull(group) ? group.members : group.members.slice(0, named);
    if (!inFull(group)) {
      named -= shown.length;
      left += group.members.length - shown.length;
    }
    if (shown.length === 0) continue;
    blocks.push({
      partial: "mail-group",
      title: group.program,
      counts: countedParties(language, group.members),
    });
    if (inFull(group)) blocks.push(...fullBlocks(group, telling));
    else
      blocks.push({
        partial: "mail-names",
        items: shown.map(({ name, uid }) => ({
          name: name.full,
          note: language.say(mail.briefUid, { uid }),
        })),
      });
  }
  return [...blocks, ...leftBlock(left, op === "add" ? "added" : "removed", place, language)];
}

/** `12 parties more, on the page`, as a link to there. */
export function leftBlock(n: number, anchor: string, place: Place, language: Language): Block[] {
  if (n <= 0) return [];
  const title = language.say(language.words.mail.left, { what: partiesIn(language, n) });
  return links(null, [{ title, href: `${place.pageUrl}#${anchor}` }]);
}

/** Facts by which nobody is found, but which say what applies; many parties have them alike. */
const NO_MATCH_KEY: ReadonlySet<Area> = new Set<Area>([
  "feature",
  "program",
  "list",
  "sanctions-type",
  "blocking",
  "restriction",
  "secondary-sanctions",
  "legal-authority",
]);

function fullBlocks({ members }: MemberGroup, { record, op, why, language }: Telling): Block[] {
  const own = members.map((party) => ({ party, facts: partyFacts(party, language) }));
  const shared = sharedFacts(own.map((one) => one.facts));
  const isShared = new Set(shared.map(factKey));
  const said = members.map(({ uid }) => saidOf(record, uid, language));
  const [first = []] = said;
  const alike = members.length > 1 && said.every((one) => one.join("\n") === first.join("\n"));
  const blocks: Block[] = [
    ...(alike ? lines(first) : []),
    ...facts(shared.map(rowOf), language.count(language.words.mail.shared, members.length)),
  ];
  for (const { party, facts: all } of own) {
    const { quotes, notes } = why.of(op, party.uid, party.name.full);
    const block: PartyBlock = {
      partial: "mail-party",
      name: party.name.full,
      under: underOf(party, language),
      said: alike ? [] : saidOf(record, party.uid, language),
      facts: all.filter((fact) => !isShared.has(factKey(fact))).map(rowOf),
      changes: [],
      quotes,
      notes,
    };
    blocks.push(block);
  }
  return blocks;
}

/** Facts that are no match keys and that every one of at least two parties has with the same values. */
function sharedFacts(all: readonly (readonly FactView[])[]): FactView[] {
  const [first, ...rest] = all;
  if (first === undefined || rest.length === 0) return [];
  const others = rest.map((own) => new Set(own.map(factKey)));
  return first.filter(
    (fact) => NO_MATCH_KEY.has(fact.area) && others.every((keys) => keys.has(factKey(fact))),
  );
}

const factKey = ({ label, values }: FactView): string => JSON.stringify([label, values]);
const rowOf = ({ label, values, exact }: FactView): FactRow => ({ label, values, exact });

/** `Entity, uid 43336`. */
export function underOf(
  { type, uid }: { readonly type: string; readonly uid: number },
  language: Language,
): string {
  const known: Readonly<Record<string, string>> = language.words.types;
  return language.say(language.words.mail.uid, { type: known[type] ?? capital(type), uid });
}
