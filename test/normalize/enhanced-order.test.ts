import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeParty } from "../../src/domain/index.ts";
import { interpret } from "../../src/normalize/index.ts";
import { openList } from "../../src/parse/index.ts";
import { bytes, enhancedEntity, enhancedXml } from "../parse/composed.ts";

const translation = (name: string, marked: boolean, script = "Latin") =>
  `<translation id="99"><isPrimary>${marked}</isPrimary><script refId="1">${script}</script>` +
  `<formattedFullName>${name}</formattedFullName></translation>`;

const name = (uid: number, marked: boolean, translations: readonly string[]) =>
  `<name id="${uid}"><isPrimary>${marked}</isPrimary><isLowQuality>false</isLowQuality>` +
  `<translations>${translations.join("")}</translations></name>`;

const address = (translations: readonly string[]) =>
  `<addresses><address id="50"><country refId="1">Cuba</country><translations>${translations.join("")}</translations></address></addresses>`;

const place = (city: string, marked: boolean, type = "CITY") =>
  `<translation id="98"><isPrimary>${marked}</isPrimary><script refId="1">Latin</script><addressParts>` +
  `<addressPart id="97"><type refId="1">${type}</type><value>${city}</value></addressPart></addressParts></translation>`;

async function partyOf(names: readonly string[], addresses: string) {
  const entity = enhancedEntity(10, addresses).replace(
    /<names>.*<\/names>/s,
    `<names>${names.join("")}</names>`,
  );
  const parsed = await openList([{ name: "SDN_ENHANCED.XML", bytes: bytes(enhancedXml([entity])) }]);
  const { state } = await interpret(parsed, { list: "sdn" });
  const line = state.parties.get(10);
  if (line === undefined) throw new Error("expected a party");
  return decodeParty(line);
}

const forms = [
  translation("EXAMPLE B", true),
  translation("EXAMPLE A", true),
  translation("EXAMPLE C", false),
  translation("ПРИМЕР", false, "Cyrillic"),
];
const places = [place("Havana", true), place("La Habana", true), place("Habana", false)];

describe("what is marked primary more than once, or never", () => {
  it("is read alike in any order", async () => {
    const names = (marked: boolean) => [
      name(22, marked, forms),
      name(21, marked, forms),
      name(23, false, forms),
    ];
    const shuffled = <T>(all: T[]) => fc.shuffledSubarray(all, { minLength: all.length });
    for (const marked of [true, false]) {
      const expected = await partyOf(names(marked), address(places));
      expect(expected.name).toMatchObject({ uid: 21, full: "EXAMPLE A" });
      expect(expected.addresses).toMatchObject([{ city: "Havana" }]);
      await fc.assert(
        fc.asyncProperty(
          shuffled([22, 21, 23]),
          shuffled(forms),
          shuffled(places),
          async (uids, some, where) => {
            const other = uids.map((uid) => name(uid, marked && uid !== 23, some));
            expect(await partyOf(other, address(where))).toEqual(expected);
          },
        ),
        { numRuns: 40 },
      );
    }
  });
});

it("keeps a part of an address whose type is a word of JavaScript", async () => {
  for (const type of ["constructor", "__proto__", "toString"]) {
    const party = await partyOf([name(21, true, forms)], address([place("Havana", true, type)]));
    expect(party.addresses).toMatchObject([{ remarks: `${type}: Havana` }]);
  }
});
