import { expect, it } from "vitest";
import { nameKey, type Party, partyLine, partyMap } from "../../src/domain/index.ts";
import { partyLookup, stateLookup } from "../../src/reconcile/index.ts";
import { entity } from "../support/records.ts";

it("a state is looked up as its decoded parties are, by uid and by every name", () => {
  const parties: Party[] = [
    entity(30, "COMPOSED TRADING"),
    {
      ...entity(10, "COMPOSED SHIPPING"),
      aliases: [{ type: "a.k.a.", quality: "strong", full: "COMPOSED TRADING" }],
    },
    entity(20, "COMPOSED TRADING"),
  ];
  const decoded = partyLookup(parties);
  const state = stateLookup(partyMap(parties.map(partyLine)));
  const key = nameKey("Composed Trading");
  expect(decoded.byName(key).map(({ uid }) => uid)).toEqual([10, 20, 30]);
  for (const name of [key, nameKey("COMPOSED SHIPPING"), nameKey("NOBODY")]) {
    expect(state.byName(name)).toEqual(decoded.byName(name));
    expect(state.has(name)).toBe(decoded.has(name));
  }
  for (const uid of [10, 20, 30, 40]) expect(state.byUid(uid)).toEqual(decoded.byUid(uid));
});
