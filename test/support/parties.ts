import fc from "fast-check";
import {
  type Coverage,
  type ListState,
  type Party,
  type PartyLine,
  partyLine,
  partyMap,
  sortChildren,
} from "../../src/domain/index.ts";

/** Few words, so that generated parties collide, repeat and swap as real ones do. */
const word = fc.constantFrom(
  "KIM, Sang Man",
  "김상만",
  "مجتبی فدا",
  "БОБКОВ, Сергей",
  "李娜",
  "ACME & SONS <LTD>",
  "",
  "a; b",
  "x]]>y",
  "Pyongyang",
);
const uid = fc.integer({ min: 1, max: 6 });
const maybeUid = fc.option(uid, { nil: undefined });

function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

function children<T extends object>(child: fc.Arbitrary<T>): fc.Arbitrary<readonly T[] | undefined> {
  return fc
    .array(child.map(compact), { maxLength: 3 })
    .map((list) => (list.length === 0 ? undefined : sortChildren(list)));
}

const attribute = fc.record({
  uid: maybeUid,
  type: fc.constantFrom("Vessel Flag", "Vessel Type", "Website", "Secondary sanctions risk:"),
  value: word,
});
const typed = fc.record({ type: fc.constantFrom("Last Name", "First Name"), value: word });
const name = fc
  .record({
    uid: maybeUid,
    full: word,
    first: fc.option(word, { nil: undefined }),
    scripts: children(fc.record({ script: fc.constantFrom("Arabic", "Korean"), full: word })),
    parts: children(typed),
  })
  .map(compact);

/** A canonical party with every area, in every script, from empty to crowded. */
export function partyArbitrary(options: { cut?: boolean } = {}): fc.Arbitrary<Party> {
  const remark = fc.record({ text: word });
  return fc
    .record({
      uid: fc.integer({ min: 1, max: 12 }),
      type: fc.constantFrom("entity", "individual", "vessel", "aircraft", "satellite"),
      name,
      aliases: children(
        fc.record({
          uid: maybeUid,
          full: word,
          type: fc.constantFrom("a.k.a.", "f.k.a."),
          quality: fc.constantFrom("strong" as const, "weak" as const),
        }),
      ),
      title: fc.option(word, { nil: undefined }),
      remarks: fc
        .tuple(
          children(remark),
          options.cut === true ? fc.option(word, { nil: undefined }) : fc.constant(undefined),
        )
        .map(([list, cut]) =>
          cut === undefined ? list : sortChildren([...(list ?? []), { text: cut, cut: true as const }]),
        ),
      programs: children(fc.record({ uid: maybeUid, code: fc.constantFrom("DPRK2", "SDGT", "CYBER2") })),
      lists: children(
        fc.record({ name: fc.constantFrom("SDN List", "FSE List"), listedOn: fc.constant("2023-05-23") }),
      ),
      sanctionsTypes: children(attribute),
      blocking: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
      restrictions: children(attribute),
      secondarySanctions: children(attribute),
      legalAuthorities: children(attribute),
      addresses: children(
        fc.record({ uid: maybeUid, city: word, country: fc.constantFrom("Russia", "China") }),
      ),
      nationalities: children(attribute),
      citizenships: children(attribute),
      birthDates: children(
        fc.record({
          uid: maybeUid,
          value: word,
          period: fc.constant({ from: "1965-04-25", to: "1965-04-25" }),
        }),
      ),
      birthPlaces: children(attribute),
      genders: children(attribute),
      documents: children(
        fc.record({ uid: maybeUid, type: fc.constantFrom("Passport", "Tax ID No."), number: word }),
      ),
      features: children(attribute),
      wallets: children(fc.record({ uid: maybeUid, currency: fc.constantFrom("XBT", "ETH"), address: word })),
      contacts: children(attribute),
      vessel: children(attribute),
      aircraft: children(attribute),
      relationships: children(fc.record({ uid: maybeUid, type: fc.constant("Linked To"), targetName: word })),
    })
    .map((party) => compact(party) as Party);
}

/** A state of up to eight parties with uids from 1 to 12, so that two states share some. */
export function stateArbitrary(
  options: { cut?: boolean; coverage?: Coverage } = {},
): fc.Arbitrary<ListState> {
  return fc
    .uniqueArray(partyArbitrary(options), { maxLength: 8, selector: (party) => party.uid })
    .map((parties) => stateOf(parties, options.coverage));
}

/**
 * A state and a successor that keeps some parties as they are, edits some, drops some and adds some: closer to
 * a real publication than two independent states.
 */
export function successorArbitrary(
  base: ListState,
  options: { cut?: boolean } = {},
): fc.Arbitrary<ListState> {
  const donors = fc.uniqueArray(partyArbitrary(options), { maxLength: 5, selector: (party) => party.uid });
  return fc.tuple(donors, fc.infiniteStream(fc.integer({ min: 0, max: 9 }))).map(([fresh, dice]) => {
    const roll = () => Number(dice.next().value);
    const next = new Map<number, Party>();
    for (const line of base.parties.values()) {
      const party = JSON.parse(line.line) as Party;
      const donor = fresh.find((one) => one.uid === party.uid);
      const fate = roll();
      if (fate === 0) continue;
      next.set(party.uid, donor === undefined || fate < 3 ? party : { ...party, ...pickSome(donor, roll) });
    }
    for (const party of fresh) if (!next.has(party.uid) && roll() < 5) next.set(party.uid, party);
    return stateOf([...next.values()], base.coverage);
  });
}

function pickSome(donor: Party, roll: () => number): Partial<Party> {
  return Object.fromEntries(Object.entries(donor).filter(() => roll() < 4));
}

/** The state of some parties. */
export function stateOf(parties: readonly Party[], coverage: Coverage = {}): ListState {
  const lines: PartyLine[] = parties.map(partyLine);
  return { list: "sdn", profile: "csv", coverage, parties: partyMap(lines) };
}
