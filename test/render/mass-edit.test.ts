import { load } from "cheerio";
import { expect, test } from "vitest";
import type { MassEdit, UnknownChange } from "../../src/domain/index.ts";
import { renderSite } from "../../src/render/index.ts";
import { foldMassEdits } from "../../src/render/mass-edit.ts";
import { attributeAdded, composeRecord, entity, modified } from "../support/records.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const RISK = { type: "Secondary sanctions risk:", value: "section 11" };
const members = Array.from({ length: 12 }, (_, n) => entity(100 + n, `EXAMPLE ${n}`));
const group = (uids: readonly number[]): MassEdit => ({
  area: "secondary-sanctions",
  action: "add",
  before: null,
  after: RISK,
  count: uids.length,
  counts: { entity: uids.length },
  uids,
});

test("one line for all, though OFAC numbers each child differently", () => {
  const changes = members.map((party) =>
    modified(party, [attributeAdded("secondary-sanctions", { ...RISK, uid: party.uid * 7 })]),
  );
  const folded = foldMassEdits(changes, [], [group(members.map((party) => party.uid))]);
  expect(folded.massEdits).toHaveLength(1);
  expect(folded.massEdits[0]?.countWords).toBe("12 entities");
  expect(folded.residual).toEqual([]);
});

test("what else changed on a member is told by name", () => {
  const changes = members.map((party, n) =>
    modified(party, [
      attributeAdded("secondary-sanctions", RISK),
      ...(n === 3 ? [{ area: "title" as const, action: "add" as const, key: "title", after: "Bank" }] : []),
    ]),
  );
  const folded = foldMassEdits(changes, [], [group(members.map((party) => party.uid))]);
  expect(folded.residual.map(({ change }) => change.uid)).toEqual([103]);
  expect(folded.residual[0]?.fields.map((field) => field.area)).toEqual(["title"]);
});

test("a field that is not the very edit is never swallowed, whatever the group claims", () => {
  const changes = members.map((party, n) =>
    modified(party, [
      attributeAdded("secondary-sanctions", n === 5 ? { ...RISK, value: "section 12" } : RISK),
    ]),
  );
  const folded = foldMassEdits(changes, [], [group(members.map((party) => party.uid))]);
  expect(folded.massEdits[0]?.count).toBe(11);
  expect(folded.residual.map(({ change }) => change.uid)).toEqual([105]);
});

const tags = (uids: readonly number[], action: "add" | "remove", code: string): MassEdit => ({
  area: "program",
  action,
  before: action === "remove" ? { code } : null,
  after: action === "add" ? { code } : null,
  count: uids.length,
  counts: { entity: uids.length },
  uids,
  rule: "program-renamed",
});
const retagged = members.map((party) =>
  modified(party, [
    { area: "program", action: "add", key: "new", after: { code: "NEW-EO1" } },
    { area: "program", action: "remove", key: "old", before: { code: "OLD" } },
    attributeAdded("secondary-sanctions", RISK),
  ]),
);
const everyone = members.map(({ uid }) => uid);

test("a tag that was renamed is told once, in the place of the program that came and of the one that went", () => {
  const groups = [tags(everyone, "add", "NEW-EO1"), tags(everyone, "remove", "OLD"), group(everyone)];
  const folded = foldMassEdits(retagged, [], groups);
  expect(
    folded.massEdits.map(({ anchor, count, edit }) => [anchor, count, edit.action, edit.before, edit.after]),
  ).toMatchObject([
    ["mass-edit-1", 12, "change", "OLD", "NEW-EO1"],
    ["mass-edit-3", 12, "add", null, expect.any(String)],
  ]);
  expect(folded.residual).toEqual([]);
});

test("what may be two tags renamed on the same parties, or on others, is told as it was done", () => {
  const add = tags(everyone, "add", "NEW-EO1");
  const remove = tags(everyone, "remove", "OLD");
  const told = (...groups: MassEdit[]) =>
    foldMassEdits(retagged, [], groups).massEdits.map(({ edit }) => edit.action);
  expect(told(add, remove, tags(everyone, "add", "NEW-EO2"))).toEqual(["add", "remove"]);
  expect(told(add, tags(everyone.slice(1), "remove", "OLD"))).toEqual(["add", "remove"]);
  expect(told(add, { ...remove, rule: "program-lost" })).toEqual(["add", "remove"]);
});

test("a party outside the group keeps its own line", () => {
  const changes = members.map((party) => modified(party, [attributeAdded("secondary-sanctions", RISK)]));
  const folded = foldMassEdits(changes, [], [group(members.slice(1).map((party) => party.uid))]);
  expect(folded.residual.map(({ change }) => change.uid)).toEqual([100]);
});

test("a party whose edit the source shows only in part is counted, and stays among the unknown", () => {
  const changes = members
    .slice(1)
    .map((party) => modified(party, [attributeAdded("secondary-sanctions", RISK)]));
  const unknown: UnknownChange = {
    ...attributeAdded("secondary-sanctions", RISK),
    uid: 100,
    type: "vessel",
    name: "EXAMPLE 0",
    beforeHash: "sha256:0",
    afterHash: "sha256:1",
    reason: "truncated",
    detail: "cut",
  };
  const folded = foldMassEdits(changes, [unknown], [group(members.map((party) => party.uid))]);
  expect(folded.massEdits[0]?.countWords).toBe("11 entities, 1 vessel");
  expect(folded.massEdits[0]?.unprovenWords).toBe("1 of them not shown in full by the source");
  expect(folded.massEdits[0]?.members.filter((one) => one.unproven).map(({ uid }) => uid)).toEqual([100]);
  expect(folded.residual).toEqual([]);
});

test("every party of a publication has its permalink exactly once, those of a mass edit and the unknown included", () => {
  const changes = members
    .slice(0, 11)
    .map((party, n) =>
      modified(party, [
        attributeAdded("secondary-sanctions", RISK),
        ...(n === 3 ? [{ area: "title" as const, action: "add" as const, key: "title", after: "Bank" }] : []),
      ]),
    );
  const cut = {
    type: "entity",
    beforeHash: "sha256:0" as const,
    afterHash: "sha256:1" as const,
    reason: "truncated" as const,
  };
  const title = { area: "title" as const, action: "add" as const, key: "title", after: "Bank" };
  const unknown: UnknownChange[] = [
    { ...attributeAdded("secondary-sanctions", RISK), ...cut, uid: 111, name: "EXAMPLE 11", detail: "cut" },
    { ...title, ...cut, uid: 100, name: "EXAMPLE 0", detail: "cut" },
    { ...title, ...cut, uid: 999, name: "UNKNOWN ALONE", detail: "cut" },
  ];
  const record = composeRecord({
    changes,
    judgement: { groups: [group(members.map((party) => party.uid))] },
    with: { unknown },
  });
  const html = renderSite(siteOf([record]), TEMPLATES).find(({ path }) =>
    path.endsWith(`${record.record.id}/index.html`),
  );
  const page = load(new TextDecoder().decode(html?.bytes));
  for (const uid of [...members.map((party) => party.uid), 999]) {
    expect(page(`[id="party-${uid}"]`), String(uid)).toHaveLength(1);
  }
  expect(page("#mass-edits #party-111").text()).toContain("as far as the source shows");
  expect(page("#mass-edits h3 .count").text()).toBe("1 of them not shown in full by the source");
  expect(page("#unknown-999 #party-999")).toHaveLength(1);
});
