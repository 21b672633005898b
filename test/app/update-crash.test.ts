import { describe, expect, it } from "vitest";
import { update } from "../../src/app/index.ts";
import { EXIT } from "../../src/domain/index.ts";
import type { LedgerFiles } from "../../src/ledger/index.ts";
import type { Fetcher } from "../../src/sources/index.ts";
import { Crash, crashingFiles, crashPoints, memoryFiles } from "../support/crashing-files.ts";
import {
  contentOf,
  entities,
  headlines,
  listFiles,
  NON_SDN,
  problems,
  run,
  type World,
  world,
} from "./live.ts";

const MANY = entities(run(101, 120));
const SOME = entities(run(101, 8));
const FIRST = "2023-05-19T14:20:00Z";
const SECOND = "2023-05-23T14:20:00Z";

/** A ledger in memory that has begun, copied for every trial. */
type Content = ReadonlyMap<string, Uint8Array>;

async function begun(): Promise<{ story: World; content: Content }> {
  const story = await world();
  story.ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", MANY]) });
  const files = memoryFiles();
  await story.look(FIRST, { files });
  return { story, content: files.content };
}

/** Sixty removals that wait, a designation, a change of the other list, a notice and its press release. */
function publishMuch({ ofac }: World): void {
  ofac.publish({
    id: 502,
    at: "2023-05-23T14:01:44Z",
    files: listFiles(
      ["2023-05-23", [...MANY.slice(60), ...entities([901])]],
      ["2023-05-23", [...NON_SDN, ...entities([9004])]],
    ),
    notices: [
      {
        slug: "20230523",
        title: "Composed designations",
        date: "2023-05-23",
        category: "sanctions-list-updates",
        body: "<p>Composed example, not an OFAC page.</p>",
        pressReleases: [{ title: "Composed", url: "https://home.treasury.gov/news/press-releases/jy0001" }],
      },
    ],
    pressReleases: [
      { id: "jy0001", title: "Composed", published: "2023-05-23T10:30:00-04:00", body: "<p>Composed.</p>" },
    ],
  });
}

/**
 * Dies at every effect that `look` has on a ledger; each time what is left must verify, and the
 * same look again must end with the bytes of the run that nothing disturbed.
 */
async function dieEverywhere(
  start: Content,
  story: World,
  instant: string,
): Promise<{ readonly effects: number; readonly undisturbed: LedgerFiles }> {
  // Only the first look goes over HTTP; hundreds of others get the same answers.
  const { fetcher } = story.ports(instant);
  const replayed = { ...fetcher, fetch: onceEach(fetcher.fetch) };
  const look = (files: LedgerFiles) => update({ ...story.ports(instant, { files }), fetcher: replayed });
  const undisturbed = memoryFiles(new Map(start));
  const counting = crashingFiles(undisturbed, undefined);
  const { exitCode } = await look(counting);
  const effects = counting.effects();
  const expected = contentOf(undisturbed.content);
  for (const point of crashPoints(effects)) {
    const files = memoryFiles(new Map(start));
    const where = `${point.moment} effect ${point.effect}`;
    await expect(look(crashingFiles(files, point)), where).rejects.toThrow(Crash);
    expect(problems(files), where).toEqual([]);
    expect(await look(files), where).toMatchObject({ exitCode });
    expect(contentOf(files.content), where).toEqual(expected);
  }
  return { effects: effects.length, undisturbed };
}

/** Each question is asked once; whoever asks it again gets the same answer, or the same error. */
function onceEach(fetch: Fetcher["fetch"]): Fetcher["fetch"] {
  const answers = new Map<string, ReturnType<Fetcher["fetch"]>>();
  return (request) => {
    const key = JSON.stringify([request.url, request.previous?.etag ?? null]);
    const answer = answers.get(key) ?? fetch(request);
    answers.set(key, answer);
    return answer;
  };
}

describe("an update that dies at any effect leaves a ledger that verifies, and the next one completes it:", () => {
  it("the first one, which begins the ledger", async () => {
    const story = await world();
    story.ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SOME]) });
    const { effects, undisturbed } = await dieEverywhere(new Map(), story, FIRST);
    expect(effects).toBeGreaterThan(20);
    expect(headlines(undisturbed, "sdn")).toEqual(["20230519: baseline of 8 parties"]);
  });

  it("one with a publication of both lists, held removals, a notice and a press release", async () => {
    const { story, content } = await begun();
    publishMuch(story);
    const { effects, undisturbed } = await dieEverywhere(content, story, SECOND);
    expect(effects).toBeGreaterThan(40);
    expect(headlines(undisturbed, "sdn").at(-1)).toBe("20230523: 1 entity added");
    expect(headlines(undisturbed, "consolidated").at(-1)).toBe("20230523 Non-SDN: 1 entity added");
    expect(undisturbed.read("context/2023/press-jy0001.json")).toBeDefined();
    expect(undisturbed.read("checks/held-sdn.json")).toBeDefined();
  });

  it("the one that releases them", async () => {
    const { story, content } = await begun();
    publishMuch(story);
    const held = memoryFiles(new Map(content));
    expect((await story.look(SECOND, { files: held })).exitCode).toBe(EXIT.held);
    const later = "2023-05-23T15:30:00Z";
    const { undisturbed } = await dieEverywhere(held.content, story, later);
    expect(headlines(undisturbed, "sdn").at(-1)).toBe("20230523 (2): 60 entities removed");
    expect(undisturbed.read("checks/held-sdn.json")).toBeUndefined();
  });

  it("one that only writes down that a source is blocked", async () => {
    const { story, content } = await begun();
    story.ofac.misbehave({ kind: "blocked" });
    const { effects, undisturbed } = await dieEverywhere(content, story, SECOND);
    expect(effects).toBeGreaterThan(8);
    expect(undisturbed.read("checks/commits.json")).toBeDefined();
  });
});
