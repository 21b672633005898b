import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { load } from "cheerio";
import { sendDue } from "../../src/app/index.ts";
import { heads } from "../../src/app/past/history.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { openContextStore } from "../../src/app/witnesses/context-store.ts";
import type { ContextEntry, Reconciliation } from "../../src/domain/index.ts";
import { type LedgerFiles, readLog } from "../../src/ledger/index.ts";
import { renderSite, TEMPLATE_NAMES } from "../../src/render/index.ts";
import { memoryNotes } from "../support/memory-notes.ts";
import type { ComposedNotice, ComposedPressRelease } from "../support/ofac-stand-in/index.ts";
import { SITE, TEMPLATES } from "../support/site.ts";
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

/** The whole site of a ledger, by path. */
export function siteFrom(files: LedgerFiles): Map<string, string> {
  const input = { ...readPublished(files), heads: heads(files), site: SITE };
  return new Map(
    renderSite(input, TEMPLATES).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]),
  );
}

/** The ids of a site's feed entries, newest first. */
export function feedIds(site: ReadonlyMap<string, string>): string[] {
  const feed = load(site.get("feed.atom") ?? "", { xml: true });
  return feed("entry > id")
    .map((_, id) =>
      feed(id)
        .text()
        .replace(/^tag:ledger\.example,2026:/, ""),
    )
    .get();
}

/** Text of a page as a reader sees it. */
export function pageText(site: ReadonlyMap<string, string>, path: string): string {
  const page = load(site.get(path) ?? "");
  return page("main").text().replace(/\s+/g, " ");
}

/** Digests that go out at an instant, as they would be mailed. */
export async function mailsAt({ files }: World, now: string): Promise<string[]> {
  const mails: string[] = [];
  await sendDue(
    {
      files,
      notes: memoryNotes(),
      eml: { write: async (_, bytes) => void mails.push(new TextDecoder().decode(bytes)) },
      config: { profile: "legacy" },
      now,
      sleep: async () => undefined,
      templates: TEMPLATE_SOURCES,
      renderer: "test",
      subscriptions: JSON.stringify({
        formatVersion: "1.0",
        subscriptions: [{ id: "compliance", address: "compliance@bank.example", since: "2023-05-01" }],
      }),
      secrets: { delivery: ["composed-test-secret-of-32-characters-or-more"] },
    },
    { dryRun: false, resendUnknown: false },
  );
  // Quoted-printable (RFC 2045 §6.7): soft line ends are none.
  return mails.map((mail) => mail.replaceAll("=\r\n", "").replace(/\s+/g, " "));
}

const TEMPLATE_SOURCES = Object.fromEntries(
  TEMPLATE_NAMES.map((name) => [
    name,
    readFileSync(fileURLToPath(new URL(`../../templates/${name}`, import.meta.url)), "utf8"),
  ]),
);
