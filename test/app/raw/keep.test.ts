import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { openRawStore, update, verifyRaw } from "../../../src/app/index.ts";
import { sha256 } from "../../../src/domain/index.ts";
import { Crash, crashingFiles, memoryFiles } from "../../support/crashing-files.ts";
import { entities, listFiles, problems, records, run, type World, world } from "../live.ts";

const DAYS = [
  { id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", entities(run(101, 8))]) },
  { id: 503, at: "2023-05-23T14:01:44Z", files: listFiles(["2023-05-23", entities(run(101, 9))]) },
] as const;

function look({ ports }: World, at: string, raw: ReturnType<typeof memoryFiles>) {
  return update({ ...ports(at), raw: openRawStore(raw) });
}

it("keeps the files of every record, with what the fetch saw, and nothing when nothing is recorded", async () => {
  const place = await world("in memory");
  const raw = memoryFiles();
  for (const day of DAYS) {
    place.ofac.publish(day);
    await look(place, day.at.replace("14:01", "14:20"), raw);
  }
  const [, newest] = records(place.files, "sdn");
  const store = openRawStore(raw);
  const entry = newest === undefined ? undefined : store.entry(newest);
  expect(entry).toMatchObject({
    id: "sdn-20230523",
    keptAt: "2023-05-23T14:20:44Z",
    files: [{ file: "SDN.XML", receipt: { status: 200, publicationId: "503", etag: expect.any(String) } }],
  });
  const content = new TextEncoder().encode(DAYS[1].files["SDN.XML"]);
  expect(Buffer.from(store.read(sha256(content)) ?? []).equals(content)).toBe(true);
  expect(verifyRaw(raw, place.files)).toMatchObject({ ok: true, entries: 3, files: 3, withoutFiles: 0 });
  const before = new Map(raw.content);
  await look(place, "2023-05-24T14:20:44Z", raw);
  expect(raw.content).toEqual(before);
});

it("keeps what came packed as it is unpacked, under the hash that the record names", async () => {
  const place = await world("in memory");
  const raw = memoryFiles();
  const packed = Object.fromEntries(
    Object.entries(DAYS[0].files).map(([name, content]) => [name, gzipSync(content)]),
  );
  place.ofac.publish({ ...DAYS[0], files: packed });
  await look(place, "2023-05-19T14:20:44Z", raw);
  expect(verifyRaw(raw, place.files)).toMatchObject({ ok: true, entries: 2, withoutFiles: 0 });
  expect(openRawStore(raw).read(sha256(DAYS[0].files["SDN.XML"] ?? ""))).toBeDefined();
});

it("writes no record whose files could not be kept", async () => {
  const place = await world("in memory");
  place.ofac.publish(DAYS[0]);
  const raw = crashingFiles(memoryFiles(), { effect: 2, moment: "before" });
  await expect(update({ ...place.ports("2023-05-19T14:20:44Z"), raw: openRawStore(raw) })).rejects.toThrow(
    Crash,
  );
  expect(records(place.files, "sdn")).toEqual([]);
  await update(place.ports("2023-05-19T14:35:44Z"));
  expect(problems(place.files)).toEqual([]);
});
