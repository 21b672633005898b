import {
  type DeltaFacts,
  type Notice,
  type NoticeReading,
  nameKey,
  type Party,
  type PartyChange,
  type PressRelease,
  sha256,
} from "../../src/domain/index.ts";
import { parseNotice, parsePressRelease, readNotice } from "../../src/parse/index.ts";
import { partyLookup, type ReconciledRecord, type Witnesses } from "../../src/reconcile/index.ts";

/** Four invented entities and one invented individual, added on one day. */
export const ACME: Party = party(101, "entity", "ACME BUREAU", ["DPRK2"], {
  aliases: [{ type: "a.k.a.", quality: "weak", full: "UNIT 7" }],
  addresses: [{ city: "Testville", country: "Korea, North" }],
});
export const BETA: Party = party(102, "entity", "BETA INSTITUTE OF TESTING", ["DPRK2"], {
  features: [{ type: "Organization Established Date", value: "1981" }],
});
export const GAMMA: Party = party(103, "entity", "GAMMA TRADING COMPANY, LIMITED", ["DPRK2"]);
export const DELTA: Party = party(104, "entity", "DELTA WORKS", ["DPRK2"]);
export const DOE: Party = party(105, "individual", "DOE, Jane", ["DPRK4"], {
  birthDates: [{ value: "25 Apr 1965" }],
  documents: [{ type: "Passport", number: "109", country: "Korea, North" }],
  name: { full: "DOE, Jane", scripts: [{ script: "Korean", full: "도제인" }] },
});
/** On the list since long. */
export const OMEGA: Party = party(7, "entity", "OMEGA", ["IRAN"]);

export const LINES: Readonly<Record<string, string>> = {
  acme: 'ACME BUREAU (a.k.a. "UNIT 7"), Testville, Korea, North [DPRK2].',
  beta: "BETA INSTITUTE OF TESTING; Organization Established Date 1981 [DPRK2].",
  gamma: "GAMMA TRADING COMPANY, LIMITED [DPRK2].",
  delta: "DELTA WORKS [DPRK2].",
  doe: "DOE, Jane (Korean: 도제인); DOB 25 Apr 1965; Passport 109 (Korea, North) (individual) [DPRK4].",
};

export function party(
  uid: number,
  type: string,
  name: string,
  programs: readonly string[],
  more: Partial<Party> = {},
): Party {
  return {
    uid,
    type,
    name: { full: name },
    programs: programs.map((code) => ({ code })),
    blocking: "yes",
    ...more,
  };
}

export function add(after: Party): PartyChange {
  return { op: "add", uid: after.uid, type: after.type, name: after.name.full, after };
}

export function remove(before: Party): PartyChange {
  return { op: "remove", uid: before.uid, type: before.type, name: before.name.full, before };
}

/** A party whose programs change. */
export function retag(before: Party, after: Party): PartyChange {
  const { uid, type } = after;
  return {
    op: "modify",
    uid,
    type,
    name: after.name.full,
    beforeHash: sha256("before"),
    afterHash: sha256("after"),
    fields: (after.programs ?? [])
      .filter((program) => !(before.programs ?? []).some((p) => p.code === program.code))
      .map((program) => ({ area: "program", action: "add", key: `program:${program.code}`, after: program })),
  };
}

export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

export const ADDED = "The following parties have been added to OFAC's SDN List:";
export const DELETED = "The following deletions have been made to OFAC's SDN List:";
export const CHANGED = "The following changes have been made to OFAC's SDN List:";

/** A composed notice page of that day. */
export function notice(...sections: readonly Section[]): Notice {
  const body = sections
    .map(({ heading, lines }) => `<h4>${heading}</h4>${lines.map((line) => `<p>${line}</p>`).join("")}`)
    .join("");
  return parseNotice(
    `<h1>North Korea Designations; Issuance of Test-related General License</h1><article>
     <div class="field--name-field-release-date"><div class="field__item">05/23/2023</div></div>
     <div class="field--name-field-body"><div class="field__item">
     <p>OFAC is issuing <a href="/media/1/download">Test-related General License 8L</a>, "Testing".</p>${body}</div></div></article>`,
    { url: "https://ofac.treasury.gov/recent-actions/20230523" },
  );
}

export function press(body: string): PressRelease {
  return parsePressRelease(
    `---\ntitle: Treasury Acts\ndate: 2023-05-23T10:30:00-04:00\nurl: /news/press-releases/jy9999\n---\n${body}`,
  );
}

export const FIVE = [ACME, BETA, GAMMA, DELTA, DOE];

export function record(
  changes: readonly PartyChange[],
  more: Partial<ReconciledRecord> = {},
): ReconciledRecord {
  return {
    id: "sdn-20230523",
    list: "sdn",
    date: "2023-05-23",
    window: { after: "2023-05-19T18:43:48Z", notLaterThan: "2023-05-23T18:43:34Z" },
    coverage: {},
    changes,
    ...more,
  };
}

export function reading(page: Notice, parties: readonly Party[]): NoticeReading {
  return readNotice(page, new Set(parties.map((one) => nameKey(one.name.full))));
}

/** All witnesses of that day, agreeing; any of them can be swapped. */
export function witnesses(
  more: {
    changes?: readonly PartyChange[];
    page?: Notice;
    state?: readonly Party[];
  } & Partial<Witnesses> = {},
): Witnesses {
  const {
    changes = FIVE.map(add),
    page = notice({ heading: ADDED, lines: Object.values(LINES) }),
    state,
    ...rest
  } = more;
  const parties = state ?? [...FIVE, OMEGA];
  return {
    record: record(changes),
    notices: [reading(page, parties)],
    pressReleases: [],
    delta: null,
    lookup: partyLookup(parties),
    ...rest,
  };
}

export function delta(entities: DeltaFacts["entities"]): DeltaFacts {
  return { publications: [803], entities };
}
