import fc from "fast-check";
import { expect, it } from "vitest";
import { type Filters, keyRing, oneItem, type Publication } from "../../src/notify/index.ts";
import { renderDigest } from "../../src/render/index.ts";
import { added, party, publication, removed, subscription } from "../notify/composed.ts";
import { DELIVERY_SECRET } from "../support/send-world.ts";
import { SITE, TEMPLATES } from "../support/site.ts";

const keys = keyRing([DELIVERY_SECRET]);
const TYPES = ["entity", "individual", "vessel"];
const PROGRAMS = ["SDGT", "CUBA", "DPRK2"];

const changes = fc.uniqueArray(
  fc.record({
    uid: fc.integer({ min: 10_000, max: 10_020 }),
    type: fc.constantFrom(...TYPES),
    programs: fc.uniqueArray(fc.constantFrom(...PROGRAMS), { minLength: 1 }),
    isNew: fc.boolean(),
  }),
  { selector: ({ uid }) => uid, minLength: 1, maxLength: 8 },
);
const filters = fc.record(
  {
    types: fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 }),
    programs: fc.array(fc.constantFrom(...PROGRAMS), { minLength: 1, maxLength: 4 }),
    lists: fc.constant(["SDN" as const, "SDN" as const]),
  },
  { requiredKeys: [] },
);

/** Whether filters let a party through, said as plainly as a reader would. */
const wants = (
  asked: Filters,
  one: { readonly type: string; readonly programs: readonly string[] },
): boolean =>
  (asked.types?.includes(one.type) ?? true) &&
  (asked.programs === undefined || one.programs.some((code) => asked.programs?.includes(code)));

it("overlapping filters never tell a party twice, nor drop one; filters that match nothing give no mail", () => {
  fc.assert(
    fc.property(changes, changes, filters, (first, second, asked) => {
      const days = [first, second].map((members, at) => ({ members, date: `2023-05-2${at + 3}` }));
      const publications = days.map(
        ({ members, date }): Publication =>
          publication({
            date,
            changes: [...members]
              .sort((a, b) => a.uid - b.uid)
              .map(({ uid, type, programs, isNew }) => {
                const own = party(uid, { type, programs: programs.map((code) => ({ code })) });
                return isNew ? added(own) : removed(own);
              }),
          }),
      );
      const item = oneItem({
        kind: "digest",
        subscription: subscription("desk", { filters: asked }),
        publications,
        notices: [],
        keys,
        now: "2023-06-01T12:00:00Z",
      });
      const expected = days.flatMap(({ members }) =>
        members.filter((one) => wants(asked, one)).map(({ uid }) => uid),
      );
      if (expected.length === 0) {
        expect(item).toBeUndefined();
        return;
      }
      const { text, html } = renderDigest(
        {
          publications: (item?.publications ?? []).map(({ record, hash, match }) => ({
            bytes: new Uint8Array(),
            record,
            hash,
            uids: match.uids,
          })),
          context: [],
          observations: [],
          site: SITE,
          subscription: { id: "desk", filters: [], unsubscribe: [] },
        },
        TEMPLATES,
      );
      for (const document of [text, html]) {
        const told = [...document.matchAll(/, uid (\d+)/gu)].map((match) => Number(match[1]));
        expect(told.sort()).toEqual([...expected].sort());
      }
    }),
    { numRuns: 40 },
  );
});
