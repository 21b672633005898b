import { describe, expect, it } from "vitest";
import { status, update } from "../../src/app/index.ts";
import { EXIT } from "../../src/domain/index.ts";
import type { SourceSettings } from "../../src/sources/index.ts";
import type { Misbehaviour } from "../support/ofac-stand-in/index.ts";
import {
  committedHealth,
  entities,
  headlines,
  listFiles,
  NON_SDN,
  problems,
  records,
  run,
  type World,
  world,
} from "./live.ts";

const FIRST = "2023-05-19T14:20:00Z";
const SECOND = "2023-05-23T14:20:00Z";
const LATER = "2023-05-23T19:20:00Z";

const SDN = entities(run(101, 12));

/** A ledger that has begun, and a publication of both lists that it has not seen. */
async function dayOfTwoChanges(ledger?: "in memory"): Promise<World> {
  const day = await world(ledger);
  day.ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SDN]) });
  await day.look(FIRST);
  day.ofac.publish({
    id: 502,
    at: "2023-05-23T14:01:44Z",
    files: listFiles(
      ["2023-05-23", [...SDN, ...entities([113])]],
      ["2023-05-23", [...NON_SDN, ...entities([9004])]],
    ),
  });
  return day;
}

interface Trouble {
  readonly what: string;
  readonly trouble: Misbehaviour;
  readonly settings?: Partial<SourceSettings>;
  readonly exitCode: number;
  readonly code: string;
  readonly state: "stale" | "blocked";
  readonly says: RegExp;
}

const stale = { state: "stale" } as const;

/** Everything the stand-in can do wrong with one file, and how that ends. */
const TROUBLES: readonly Trouble[] = [
  {
    what: "a refusal (403)",
    trouble: { kind: "blocked", on: "sdn.xml" },
    exitCode: EXIT.unreachable,
    code: "blocked",
    state: "blocked",
    says: /127\.0\.0\.1:\d+ refuses us \(403\).*User-Agent/,
  },
  {
    what: "server errors (503)",
    trouble: { kind: "status", status: 503, on: "sdn.xml" },
    exitCode: EXIT.unreachable,
    code: "http-status",
    ...stale,
    says: /found 503.*2 attempts/,
  },
  {
    what: "a request to come less often (429)",
    trouble: { kind: "status", status: 429, retryAfter: "7200", on: "sdn.xml" },
    exitCode: EXIT.unreachable,
    code: "throttled",
    state: "blocked",
    says: /not to be asked again for 7200 s/,
  },
  {
    what: "an answer that drips",
    trouble: { kind: "slow", chunkBytes: 64, pauseMs: 60, on: "sdn.xml" },
    settings: { attemptTimeoutMs: 250, attempts: 1 },
    exitCode: EXIT.unreachable,
    code: "timeout",
    ...stale,
    says: /not finished after 0\.25 s/,
  },
  {
    what: "silence",
    trouble: { kind: "silent", on: "sdn.xml" },
    settings: { headersTimeoutMs: 150, attempts: 1 },
    exitCode: EXIT.unreachable,
    code: "timeout",
    ...stale,
    says: /no answer within the time allowed/,
  },
  {
    what: "a connection that breaks",
    trouble: { kind: "cut", afterBytes: 900, on: "sdn.xml" },
    exitCode: EXIT.unreachable,
    code: "cut",
    ...stale,
    says: /the connection broke before the answer was complete/,
  },
  {
    what: "a maintenance page with status 200",
    trouble: { kind: "html", on: "sdn.xml" },
    exitCode: EXIT.content,
    code: "unknown-format",
    ...stale,
    says: /an HTML page titled "Site maintenance"/,
  },
  {
    what: "success with nothing in it",
    trouble: { kind: "empty", on: "sdn.xml" },
    exitCode: EXIT.content,
    code: "empty",
    ...stale,
    says: /SDN\.XML: expected a document, found nothing/,
  },
  {
    what: "half a file that passes for a whole",
    trouble: { kind: "half", on: "sdn.xml" },
    exitCode: EXIT.content,
    code: "truncated",
    ...stale,
    says: /SDN\.XML/,
  },
  {
    what: "a body without end",
    trouble: { kind: "endless", on: "sdn.xml" },
    settings: { maxDocumentBytes: 200_000 },
    exitCode: EXIT.content,
    code: "too-large",
    ...stale,
    says: /at most 200000 bytes, found more/,
  },
  {
    what: "the promise of five gigabytes",
    trouble: { kind: "endless", promise: 5_000_000_000, on: "sdn.xml" },
    exitCode: EXIT.content,
    code: "too-large",
    ...stale,
    says: /5000000000 bytes promised/,
  },
  {
    what: "redirects in a circle",
    trouble: { kind: "redirect-loop", on: "sdn.xml" },
    exitCode: EXIT.unreachable,
    code: "redirect-loop",
    ...stale,
    says: /redirects without a document/,
  },
  {
    what: "a redirect to a foreign host",
    trouble: { kind: "foreign-redirect", to: "http://sdn.example/SDN.XML", on: "sdn.xml" },
    exitCode: EXIT.unreachable,
    code: "redirect-refused",
    ...stale,
    says: /redirect from 127\.0\.0\.1:\d+ to sdn\.example refused/,
  },
  {
    what: "download links that have expired",
    trouble: { kind: "expired-link", on: "sdn.xml" },
    exitCode: EXIT.unreachable,
    code: "link-expired",
    ...stale,
    says: /the download link had expired/,
  },
];

describe("what goes wrong with one file touches neither its chain nor the other list:", () => {
  it.each(TROUBLES)("$what", async ({ trouble, settings = {}, exitCode, code, state, says }) => {
    const { ofac, look, files, chains } = await dayOfTwoChanges();
    const before = chains();
    ofac.misbehave(trouble);

    const report = await look(SECOND, { settings });
    expect(report.exitCode).toBe(exitCode);
    const [sdn, consolidated] = report.lists;
    expect(sdn).toMatchObject({ list: "sdn", outcome: "failed", error: { code } });
    expect(sdn?.error?.message).toMatch(says);
    expect(sdn?.error?.message).not.toMatch(/X-Amz/);
    expect(committedHealth(files, "sdn")).toMatchObject({
      state,
      since: SECOND,
      lastSuccess: FIRST,
      lastChange: FIRST,
      consecutiveFailures: 1,
      failure: code,
    });
    const after = chains();
    for (const [path, bytes] of before) {
      if (path.startsWith("sdn/")) expect(after.get(path), path).toBe(bytes);
    }
    expect([...after.keys()].filter((path) => path.startsWith("sdn/") && !before.has(path))).toEqual([]);
    expect(problems(files)).toEqual([]);
    // The other list is told as if nothing had happened.
    expect(consolidated).toMatchObject({ outcome: "publication" });
    expect(headlines(files, "consolidated").at(-1)).toBe("20230523 Non-SDN: 1 entity added");
    expect(committedHealth(files, "consolidated")).toMatchObject({ state: "current", lastChange: SECOND });

    ofac.behave();
    const again = await look(LATER);
    expect(again.exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 1 entity added");
    expect(committedHealth(files, "sdn")).toMatchObject({
      state: "current",
      consecutiveFailures: 0,
      failure: null,
    });
    expect(problems(files)).toEqual([]);
  });

  it("an export whose ids are in another order is no change", async () => {
    const { ofac, look, files } = await world();
    const parties = SDN.map((party) => ({
      ...party,
      ids: [
        [party.uid + 1_000, "Registration ID", "A"],
        [party.uid + 2_000, "Tax ID No.", "B"],
        [party.uid + 3_000, "Website", "www.composed.example"],
      ] as const,
    }));
    ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", parties]) });
    await look(FIRST);
    ofac.misbehave({ kind: "shuffled-ids", seed: 7 });
    ofac.publish({ id: 502, at: "2023-05-23T14:01:44Z", files: {} });
    const report = await look(SECOND);
    expect(report).toMatchObject({ exitCode: EXIT.done, lists: [{ outcome: "unchanged" }, {}] });
    expect(ofac.requests.filter(({ place, path }) => place === "store" && path.includes("SDN"))).toHaveLength(
      2,
    );
    expect(headlines(files, "sdn")).toHaveLength(1);
  });
});

describe("a source that refuses us", () => {
  it("without a User-Agent refuses everything, and the chain stands", async () => {
    const { look, files, chains } = await dayOfTwoChanges();
    const before = chains();
    const report = await look(SECOND, { settings: { userAgent: "" } });
    expect(report.exitCode).toBe(EXIT.unreachable);
    expect(report.lists.map(({ error }) => error?.code)).toEqual(["blocked", "blocked"]);
    expect(chains()).toEqual(before);
    for (const source of ["sdn", "consolidated", "publications"]) {
      expect(committedHealth(files, source), source).toMatchObject({ state: "blocked", since: SECOND });
    }
  });

  it("for a week is asked less and less, the alarm stays, and what was missed is told at the end", async () => {
    const { ofac, look, files, chains } = await dayOfTwoChanges("in memory");
    const before = chains();
    ofac.misbehave({ kind: "blocked", until: "2023-05-30T14:00:00Z" });
    const looks: number[] = [];
    const commits: number[] = [];
    for (let hour = 0; hour < 7 * 24 - 1; hour++) {
      const asked = ofac.requests.length;
      const report = await look(hours(SECOND, hour));
      if (ofac.requests.slice(asked).some(({ path }) => path.endsWith("SDN.XML"))) looks.push(hour);
      expect(report.exitCode, `hour ${hour}`).toBe(EXIT.unreachable);
      if (report.written.length > 0) commits.push(hour);
    }
    expect(chains()).toEqual(before);
    expect(status(files, hours(SECOND, 100)).sources[0]).toMatchObject({
      state: "blocked",
      since: SECOND,
      lastSuccess: FIRST,
    });
    // On the first day looks go on that no commit could remember; from the second on it is one look a day.
    const days = run(0, 7).map((day) => looks.filter((at) => at >= day * 24 && at < day * 24 + 24).length);
    expect(days[0]).toBeLessThanOrEqual(24);
    expect(
      days.slice(1).every((count) => count <= 2),
      days.join(", "),
    ).toBe(true);
    for (const start of commits) {
      expect(commits.filter((hour) => hour >= start && hour < start + 24).length).toBeLessThanOrEqual(4);
    }

    const recovered = await look(hours(SECOND, 9 * 24));
    expect(recovered.exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 1 entity added");
    expect(status(files, hours(SECOND, 9 * 24)).sources[0]).toMatchObject({
      state: "current",
      failure: null,
    });
    expect(problems(files)).toEqual([]);
  });
});

describe("evidence of looking", () => {
  it("is committed at most four times a day, however a source flaps", async () => {
    const { ofac, look, all, files } = await dayOfTwoChanges("in memory");
    await look(SECOND);
    const commits: number[] = [];
    for (let turn = 0; turn < 40; turn++) {
      ofac.behave();
      if (turn % 2 === 0) ofac.misbehave({ kind: "status", status: 500 });
      const before = JSON.stringify([...all()]);
      const report = await look(hours(SECOND, 1 + turn), { force: true, settings: { attempts: 1 } });
      const wrote = JSON.stringify([...all()]) !== before;
      expect(wrote).toBe(report.written.length > 0);
      if (wrote) commits.push(turn);
    }
    expect(commits.length).toBeGreaterThan(3);
    for (const start of commits) {
      expect(commits.filter((hour) => hour >= start && hour < start + 24).length).toBeLessThanOrEqual(4);
    }
    expect(problems(files)).toEqual([]);
  });

  it("of quiet days is three commits a day, and nothing else is written", async () => {
    const { look, chains } = await dayOfTwoChanges("in memory");
    await look(SECOND);
    const before = chains();
    let commits = 0;
    for (let hour = 1; hour <= 48; hour++) {
      const report = await look(hours(SECOND, hour));
      expect(report.exitCode).toBe(EXIT.done);
      if (report.written.length > 0) commits++;
      expect(report.written.filter((path) => !/^(checks\/|manifest\.json)/.test(path))).toEqual([]);
    }
    expect(commits).toBe(6);
    expect(chains()).toEqual(before);
  });
});

describe("the publication history", () => {
  it("failing is a warning: the lists are read, and the record names no publication", async () => {
    const { ofac, look, files } = await dayOfTwoChanges();
    ofac.misbehave({ kind: "status", status: 500, on: "/changes/" });
    const report = await look(SECOND);
    expect(report.exitCode).toBe(EXIT.done);
    expect(report.issues.map(({ code }) => code)).toEqual(["http-status"]);
    expect(committedHealth(files, "publications")).toMatchObject({ state: "stale", failure: "http-status" });
    expect(records(files, "sdn").at(-1)).toMatchObject({
      ofacPublications: [],
      window: { notLaterThan: null },
    });
    const observation = files.read("observations/2023/sdn-20230523.json");
    expect(JSON.parse(new TextDecoder().decode(observation)).warnings).toMatchObject([
      { code: "http-status" },
    ]);
  });

  it("is not believed for ever: one that stands still hides a publication for a few hours at most", async () => {
    const { ofac, look, files, ports } = await dayOfTwoChanges();
    await look(SECOND);
    const { fetcher } = ports(SECOND);
    const still = await fetcher.fetch({ url: `${ofac.urls.service}/changes/history/2023`, size: "page" });
    ofac.publish({ id: 503, at: "2023-05-23T16:01:44Z", files: listFiles(["2023-05-23", SDN]) });
    const lookBlindly = (at: string) => {
      const real = ports(at);
      const fetch: typeof fetcher.fetch = (request) =>
        request.url.includes("/changes/history/") ? Promise.resolve(still) : real.fetcher.fetch(request);
      return update({ ...real, fetcher: { ...real.fetcher, fetch } });
    };
    await lookBlindly("2023-05-23T17:00:00Z");
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 1 entity added");
    await lookBlindly("2023-05-23T22:30:00Z");
    expect(headlines(files, "sdn").at(-1)).toBe("20230523 (2): 1 entity removed");
    // The history does not know the publication that the file says it is of.
    expect(records(files, "sdn").at(-1)).toMatchObject({
      ofacPublications: [],
      window: { after: null, notLaterThan: null },
    });
  });
});

function hours(from: string, count: number): string {
  return new Date(Date.parse(from) + count * 3_600_000).toISOString().replace(".000Z", "Z");
}
