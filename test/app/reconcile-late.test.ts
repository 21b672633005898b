import { describe, expect, it } from "vitest";
import { openContextStore } from "../../src/app/witnesses/context-store.ts";
import { composeDelta } from "../support/compose-delta.ts";
import {
  ALL_LINES,
  begun,
  contextNames,
  FIRST,
  feedIds,
  kinds,
  mailsAt,
  NEW,
  noticeOf,
  OLD,
  pageText,
  pressOf,
  reconciliationOf,
  SECOND,
  SECOND_DAY,
  siteFrom,
} from "./announced.ts";
import { listFiles, problems, records, type World } from "./live.ts";

const PAGE = "publications/sdn-20230523/index.html";
const RECORD = "sdn/live/records/2023/sdn-20230523.json";

/** A day whose notice links no press release yet. */
async function pressIsLate(): Promise<World> {
  const story = await begun();
  story.ofac.publish({ ...SECOND_DAY, notices: [noticeOf({ added: ALL_LINES })] });
  await story.look(SECOND);
  return story;
}

/** The page now links a press release, which is there. */
function pressComes({ ofac }: World): void {
  ofac.announce({
    notices: [noticeOf({ added: ALL_LINES, press: "jy0001" })],
    pressReleases: [pressOf("jy0001")],
  });
}

const asked = ({ ofac }: World, path: string) => ofac.requests.filter((one) => one.path === path).length;

describe("a press release that comes late", () => {
  it("is put beside what was there, on page and feed too; the record stands, and one reply follows the digest", async () => {
    const story = await pressIsLate();
    const { look, files, all } = story;
    const mails = await mailsAt(story, "2023-05-23T14:25:00Z");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain("The notice names 3 parties; all 3 are on the list.");
    const [record, entry] = [all().get(RECORD), all().get("context/2023/notice-20230523.json")];
    const before = siteFrom(files);
    expect(pageText(before, PAGE)).not.toContain("E.O. 13382");

    pressComes(story);
    const report = await look("2023-05-23T20:30:00Z");
    expect(kinds(report.context)).toEqual([
      "notice 20230523-v2",
      "press-release jy0001",
      "reconciliation sdn-20230523-v2",
    ]);
    expect(report.issues).toEqual([]);
    // Appended, never rewritten.
    expect(all().get(RECORD)).toBe(record);
    expect(all().get("context/2023/notice-20230523.json")).toBe(entry);
    expect(contextNames(files)).toContain("reconciliation-sdn-20230523");
    expect(reconciliationOf(files, "sdn-20230523")?.sentences.slice(0, 2)).toEqual([
      "The notice names 3 parties; all 3 are on the list.",
      "The press release says three entities: agrees.",
    ]);
    expect(problems(files)).toEqual([]);

    const after = siteFrom(files);
    const page = pageText(after, PAGE);
    expect(page).toContain("COMPOSED TRADING 201 trades, and is being designated pursuant to E.O. 13382.");
    expect(page).toContain("Authority named there: E.O. 13382.");
    expect(page).toContain("Compared 2 times");
    expect(pageText(after, "notices/20230523/index.html")).toContain("OFAC has edited this page");
    // What was told once stays as it was told.
    expect(after.get("feed.atom")).toBe(before.get("feed.atom"));
    // The digest is never sent again; what came late follows as one reply in its thread.
    const [reply = "", ...more] = await mailsAt(story, "2023-05-23T20:35:00Z");
    expect(more).toEqual([]);
    expect(reply).toContain("Subject: Re: 20230523: 3 entities added");
    const messageId = /Message-ID: (<[^>]+>)/u.exec(mails[0] ?? "")?.[1] ?? "none";
    expect(reply).toContain(`In-Reply-To: ${messageId}`);
    expect(reply).toContain("What has come in since the digest");
    expect(await mailsAt(story, "2023-05-23T22:35:00Z")).toEqual([]);
  });

  it("is looked for every six hours at the most, for three days, and no longer", async () => {
    const story = await pressIsLate();
    const page = () => asked(story, "/recent-actions/20230523");
    const start = Date.parse(SECOND);
    const times: number[] = [];
    for (let hours = 1; hours <= 100; hours += 1) {
      const before = page();
      await story.look(new Date(start + hours * 3_600_000).toISOString().replace(".000Z", "Z"));
      if (page() > before) times.push(hours);
    }
    expect(times).toEqual([6, 12, 18, 30, 36, 42, 54, 60, 66, 78, 84]);
    for (const [i, time] of times.entries()) expect(time - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(6);
    // A page that says nothing new leaves nothing but the time at which it was asked.
    expect(contextNames(story.files)).toEqual(["notice-20230523", "reconciliation-sdn-20230523"]);
    expect(problems(story.files)).toEqual([]);
  });

  it("is asked for again when its own page could not be read", async () => {
    const story = await begun();
    const { ofac, look, files } = story;
    ofac.publish({ ...SECOND_DAY, notices: [noticeOf({ added: ALL_LINES, press: "jy0001" })] });
    const report = await look(SECOND);
    expect(report).toMatchObject({ exitCode: 0, issues: [{ code: "http-status", severity: "warning" }] });
    ofac.announce({ pressReleases: [pressOf("jy0001")] });
    expect((await look("2023-05-23T15:00:00Z")).context).toEqual([]);
    expect(kinds((await look("2023-05-23T20:30:00Z")).context)).toEqual([
      "press-release jy0001",
      "reconciliation sdn-20230523-v2",
    ]);
    expect(reconciliationOf(files, "sdn-20230523")?.press).toMatchObject([{ verdict: "agrees" }]);
  });

  it("that contradicts the list is told as an entry of its own", async () => {
    const { ofac, look, files } = await pressIsLate();
    expect(feedIds(siteFrom(files))).toEqual(["sdn-20230523"]);
    ofac.announce({
      notices: [noticeOf({ added: ALL_LINES, press: "jy0001" })],
      pressReleases: [pressOf("jy0001", "nine entities")],
    });
    await look("2023-05-23T20:30:00Z");
    const site = siteFrom(files);
    expect(feedIds(site)).toEqual(["checks:sdn-20230523-v2", "sdn-20230523"]);
    expect(pageText(site, PAGE)).toContain("The press release says nine entities: differs");
    expect(pageText(site, "index.html")).toContain("The witnesses do not agree: see both sides");
  });
});

describe("witnesses that disagree", () => {
  it("and then agree, as OFAC completes its page, are told as two entries, each once", async () => {
    const { ofac, look, files } = await begun();
    ofac.publish({ ...SECOND_DAY, notices: [noticeOf({ added: ALL_LINES.slice(1) })] });
    await look(SECOND);
    const before = siteFrom(files);
    expect(feedIds(before)).toEqual(["checks:sdn-20230523", "sdn-20230523"]);
    expect(before.get("feed.atom")).toContain("Witnesses disagree: 20230523: 3 entities added");
    ofac.announce({ notices: [noticeOf({ added: ALL_LINES })] });
    await look("2023-05-23T20:30:00Z");
    const after = siteFrom(files);
    expect(feedIds(after)).toEqual(["checks:sdn-20230523-v2", "checks:sdn-20230523", "sdn-20230523"]);
    expect(after.get("feed.atom")).toContain("Witnesses agree now: 20230523: 3 entities added");
    const entries = (site: Map<string, string>) => site.get("feed.atom")?.match(/<entry>[\s\S]*?<\/entry>/g);
    expect(entries(after)?.slice(1)).toEqual(entries(before));
    expect(pageText(after, "index.html")).not.toContain("do not agree");
  });
});

describe("a delta that comes late", () => {
  it("is asked for again, and makes a further comparison", async () => {
    const story = await begun();
    const { ofac, look, files } = story;
    ofac.publish(SECOND_DAY);
    expect((await look(SECOND)).issues).toEqual([]);
    const delta = composeDelta(
      "2023-05-23",
      NEW.map(({ uid, lastName }) => ({ uid, op: "add", name: lastName })),
    );
    ofac.publish({ id: 502, at: "2023-05-23T14:01:44Z", files: {}, delta });
    const before = asked(story, "/changes/502");
    expect((await look("2023-05-23T15:00:00Z")).context).toEqual([]);
    expect(asked(story, "/changes/502")).toBe(before);
    expect(kinds((await look("2023-05-23T20:30:00Z")).context)).toEqual([
      "delta 502",
      "reconciliation sdn-20230523",
    ]);
    expect(reconciliationOf(files, "sdn-20230523")).toMatchObject({
      verdict: "agrees",
      delta: { verdict: "agrees" },
    });
    expect(problems(files)).toEqual([]);
  });

  it("speaks of each of two records that cover the same publication: of what each did", async () => {
    const { ofac, look, files } = await begun();
    // Six of eight parties at once: the removals wait for a second look.
    const rest = [...OLD.slice(6), ...NEW];
    const removed = OLD.slice(0, 6).map(
      ({ uid, lastName }) => ({ uid, op: "remove", name: lastName }) as const,
    );
    const added = NEW.map(({ uid, lastName }) => ({ uid, op: "add", name: lastName }) as const);
    ofac.publish({ id: 502, at: SECOND_DAY.at, files: listFiles(["2023-05-23", rest]) });
    await look(SECOND);
    ofac.publish({
      id: 502,
      at: SECOND_DAY.at,
      files: {},
      delta: composeDelta("2023-05-23", [...removed, ...added]),
    });
    await look("2023-05-23T20:30:00Z");
    expect(records(files, "sdn").map(({ headline }) => headline)).toEqual([
      "20230519: baseline of 8 parties",
      "20230523: 3 entities added",
      "20230523 (2): 6 entities removed",
    ]);
    for (const id of ["sdn-20230523", "sdn-20230523.2"]) {
      expect(reconciliationOf(files, id)?.delta, id).toMatchObject({
        verdict: "agrees",
        publications: [502],
      });
    }
  });
});

describe("a notice", () => {
  it("of the first look is where the ledger stands, and not news", async () => {
    const story = await begun();
    const { ofac, look, files } = story;
    const licence =
      '<p>OFAC is issuing <a href="/media/1/download">Cuba-related General License 1</a>, "Testing".</p>';
    ofac.announce({ notices: [noticeOf({ slug: "20230519", prose: licence })] });
    // The same look that writes the baseline of a list knows the notice, too.
    await look("2023-05-19T15:00:00Z");
    expect(feedIds(siteFrom(files))).toEqual(["notice:20230519"]);
    const fresh = openContextStore(files).notice("20230519");
    expect(fresh?.firstSeen).toBe("2023-05-19T15:00:00Z");
    expect(FIRST < (fresh?.firstSeen ?? "")).toBe(true);
  });

  it("without list change has a page, a line of the changelog and an entry of the feed", async () => {
    const { ofac, look, files } = await begun();
    const licence =
      '<p>OFAC is issuing <a href="/media/1/download">Cuba-related General License 1</a>, "Testing <i>this</i>".</p>';
    ofac.publish(SECOND_DAY);
    await look(SECOND);
    const before = siteFrom(files);
    ofac.announce({ notices: [noticeOf({ slug: "20230524", prose: licence })] });
    await look("2023-05-24T15:00:00Z");
    const site = siteFrom(files);
    expect(feedIds(site)).toEqual(["notice:20230524", "sdn-20230523"]);
    for (const path of ["notices/20230524/index.html", "index.html", "years/2023/index.html"]) {
      expect(pageText(site, path), path).toContain("Cuba-related General License 1: Testing this");
    }
    expect(site.get("changelog.md")).toContain("Cuba\\-related General License 1");
    expect(site.get("feed.atom")).toContain("It announces no list change.");
    expect(JSON.parse(site.get("api/v1/notices/20230524.json") ?? "")).toMatchObject({
      kind: "notice",
      notice: {
        id: "20230524",
        items: [{ kind: "list-update" }, { kind: "general-licence", numbers: ["1"] }],
      },
    });
    // The entry before it is as it was.
    const entry = (one: Map<string, string>) =>
      /<entry>\n<id>tag:ledger.example,2026:sdn-20230523<[\s\S]*?<\/entry>/.exec(
        one.get("feed.atom") ?? "",
      )?.[0];
    expect(entry(site)).toBe(entry(before));
  });

  it("that OFAC edits keeps its entry in the feed, and its page shows what it says now", async () => {
    const story = await begun();
    const { ofac, look, files } = story;
    ofac.publish(SECOND_DAY);
    const licence = (number: number) =>
      `<p>OFAC is issuing <a href="/media/1/download">Cuba-related General License ${number}</a>, "Testing".</p>`;
    ofac.announce({ notices: [noticeOf({ slug: "20230523", prose: licence(1) })] });
    await look(SECOND);
    const before = siteFrom(files);
    ofac.announce({ notices: [noticeOf({ slug: "20230523", prose: licence(2) })] });
    await look("2023-05-23T20:30:00Z");
    const after = siteFrom(files);
    expect(contextNames(files).sort()).toEqual(["notice-20230523", "notice-20230523-v2"]);
    expect(after.get("feed.atom")).toBe(before.get("feed.atom"));
    expect(pageText(after, "notices/20230523/index.html")).toContain("General License 2");
  });

  it("that the listing links by its number alone is read once, and never taken for another of its day", async () => {
    const { ofac, look, files } = await begun();
    const prose = "<p>Composed.</p>";
    ofac.announce({
      notices: [
        noticeOf({ slug: "20230522", prose }),
        { ...noticeOf({ slug: "20230522_33", prose }), linkedByNumber: true },
      ],
    });
    await look("2023-05-22T15:00:00Z");
    expect(contextNames(files).sort()).toEqual(["notice-20230522", "notice-20230522_92023052233"]);
    const again = await look("2023-05-22T16:00:00Z");
    expect(again).toMatchObject({ context: [], issues: [] });
    expect(problems(files)).toEqual([]);
  });
});
