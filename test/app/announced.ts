import { openContextStore } from "../../src/app/context-store.ts";
import type { ContextEntry, Reconciliation } from "../../src/domain/index.ts";
import { type LedgerFiles, readLog } from "../../src/ledger/index.ts";
import type { ComposedNotice, ComposedPressRelease } from "../support/ofac-stand-in/index.ts";
import { entities, listFiles, run, type World, world } from "./live.ts";

/** On the list since the first day. */
export const OLD = entities(run(101, 8));
/** Listed on the second day. */
export const NEW = entities(run(201, 3));

export const FIRST = "2023-05-19T14:20:00Z";
export const SECOND = "2023-05-23T14:20:00Z";

/** A ledger that has begun on 2023-05-19. */
export async function begun(): Promise<World> {
  const story = await world();
  story.ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", OLD]) });
  await story.look(FIRST);
  return story;
}

/** How OFAC's notice would write one of the composed entities. */
export function line(uid: number, program = "NPWMD"): string {
  return `COMPOSED TRADING ${uid}, Composed City, Cuba [${program}].`;
}

export interface Announcement {
  readonly added?: readonly string[];
  readonly deleted?: readonly string[];
  readonly prose?: string;
  readonly slug?: string;
  readonly date?: string;
  /** Id of the press release that the page links. */
  readonly press?: string;
}

/** A notice page; composed. */
export function noticeOf(what: Announcement): ComposedNotice {
  const { slug = "20230523", added = [], deleted = [], prose = "", press } = what;
  const section = (heading: string, lines: readonly string[]) =>
    lines.length === 0 ? "" : `<h4>${heading}</h4>${lines.map((text) => `<p>${text}</p>`).join("")}`;
  return {
    slug,
    title: "Composed Designations",
    date: what.date ?? `${slug.slice(0, 4)}-${slug.slice(4, 6)}-${slug.slice(6, 8)}`,
    category: "sanctions-list-updates",
    nodeId: `9${slug.replace("_", "")}`,
    body:
      `<p>Composed example, not an OFAC page.</p>${prose}` +
      section("The following entities have been added to OFAC's SDN List:", added) +
      section("The following deletions have been made to OFAC's SDN List:", deleted),
    ...(press === undefined
      ? {}
      : {
          pressReleases: [
            {
              title: "Treasury Acts (composed)",
              url: `https://home.treasury.gov/news/press-releases/${press}`,
            },
          ],
        }),
  };
}

/** A press release that names the three parties and says how many they are; composed. */
export function pressOf(id: string, count = "three entities"): ComposedPressRelease {
  return {
    id,
    title: "Treasury Acts (composed)",
    published: "2023-05-23T10:30:00-04:00",
    body:
      `<p>Composed example: today, OFAC sanctioned ${count}.</p>` +
      NEW.map(
        ({ lastName }) => `<p>${lastName} trades, and is being designated pursuant to E.O. 13382.</p>`,
      ).join(""),
  };
}

/** The second day: three parties more. */
export const SECOND_DAY = {
  id: 502,
  at: "2023-05-23T14:01:44Z",
  files: listFiles(["2023-05-23", [...OLD, ...NEW]]),
} as const;

export const ALL_LINES = NEW.map(({ uid }) => line(uid));

/** Names of everything under `context/`, without years. */
export function contextNames(files: LedgerFiles): string[] {
  return readLog(files, "context").map(({ path }) => path.replace(/^.*\/|\.json$/g, ""));
}

/** The newest reconciliation of a record. */
export function reconciliationOf(files: LedgerFiles, id: string): Reconciliation | undefined {
  return openContextStore(files).reconciliation(id)?.reconciliation;
}

export function kinds(entries: readonly ContextEntry[]): string[] {
  return entries.map(({ kind, id }) => `${kind} ${id}`);
}
