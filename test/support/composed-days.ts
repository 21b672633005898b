import { composeDelta } from "./compose-delta.ts";
import { type ComposedParty, composeLegacyXml } from "./compose-legacy.ts";
import type { ComposedPublication } from "./ofac-stand-in/index.ts";

/*
 * Four days, composed in OFAC's formats from public facts (names, uids, programs and dates of OFAC's own notices
 * and list). They are no copy of OFAC's files and are labelled as composed wherever they show.
 */

const SECONDARY = "North Korea Sanctions Regulations, sections 510.201 and 510.210";
const FINANCIAL = "North Korea Sanctions Regulations section 510.214";
const SECONDARY_LABEL = "Secondary sanctions risk:";
const FINANCIAL_LABEL =
  "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:";

/** Both labels that OFAC puts on North Korean parties, under two uids of their own. */
function koreaLabels(uid: number): NonNullable<ComposedParty["ids"]> {
  return [
    [uid, SECONDARY_LABEL, SECONDARY],
    [uid + 1, FINANCIAL_LABEL, FINANCIAL],
  ];
}

const BEFORE: readonly ComposedParty[] = [
  {
    uid: 36,
    type: "Entity",
    lastName: "AEROCARIBBEAN AIRLINES",
    programs: ["CUBA"],
    akas: [[12, "AERO-CARIBBEAN"]],
    addresses: [[25, "Havana", "Cuba"]],
  },
  {
    uid: 306,
    type: "Entity",
    lastName: "BANCO NACIONAL DE CUBA",
    programs: ["CUBA"],
    akas: [
      [219, "BNC", "weak"],
      [220, "NATIONAL BANK OF CUBA"],
    ],
    addresses: [[199, "Zurich", "Switzerland"]],
  },
  {
    uid: 7601,
    type: "Entity",
    lastName: "UNIPAPEL S.A.",
    programs: ["SDNT"],
    addresses: [[7001, "Yumbo", "Colombia"]],
  },
  {
    uid: 12210,
    type: "Entity",
    lastName: "RECONNAISSANCE GENERAL BUREAU",
    programs: ["DPRK", "DPRK2"],
    akas: [[15001, "RGB", "weak"]],
    addresses: [[16001, "Pyongyang", "Korea, North"]],
    ids: koreaLabels(50_001),
  },
  {
    uid: 22323,
    type: "Entity",
    lastName: "KOREA COMPUTER CENTER",
    programs: ["DPRK3"],
    addresses: [[17001, "Pyongyang", "Korea, North"]],
    ids: koreaLabels(50_003),
  },
  {
    uid: 27307,
    type: "Entity",
    lastName: "LAZARUS GROUP",
    programs: ["DPRK3"],
    akas: [[18001, "GUARDIANS OF PEACE", "weak"]],
    ids: koreaLabels(50_005),
  },
];

const NON_SDN: readonly ComposedParty[] = [
  {
    uid: 17016,
    type: "Entity",
    lastName: "GAZPROMBANK",
    programs: ["UKRAINE-EO13662"],
    ids: [[60_001, "Executive Order 13662 Directive Determination -", "Subject to Directive 1"]],
    addresses: [[19_001, "Moscow", "Russia"]],
  },
];

/** What OFAC listed on 2023-05-23 (public notice of that day). */
const DESIGNATED: readonly ComposedParty[] = [
  {
    uid: 43336,
    type: "Entity",
    lastName: "PYONGYANG UNIVERSITY OF AUTOMATION",
    programs: ["DPRK2"],
    akas: [
      [44_001, "KIM IL MILITARY UNIVERSITY"],
      [44_002, "MIRIM COLLEGE"],
    ],
    addresses: [[45_001, "Pyongyang", "Korea, North"]],
    ids: koreaLabels(51_001),
  },
  {
    uid: 43337,
    type: "Entity",
    lastName: "TECHNICAL RECONNAISSANCE BUREAU",
    programs: ["DPRK2"],
    akas: [
      [44_003, "3RD BUREAU OF THE RGB"],
      [44_004, "THIRD BUREAU", "weak"],
    ],
    addresses: [[45_002, null, "Korea, North"]],
    ids: koreaLabels(51_003),
  },
  {
    uid: 43338,
    type: "Entity",
    lastName: "110TH RESEARCH CENTER",
    programs: ["DPRK2"],
    akas: [[44_005, "LAB 110", "weak"]],
    addresses: [
      [45_003, "Pyongyang", "Korea, North"],
      [45_004, "Shenyang", "China"],
    ],
    ids: koreaLabels(51_005),
  },
  {
    uid: 43377,
    type: "Individual",
    firstName: "Sang Man",
    lastName: "KIM",
    programs: ["DPRK4"],
    akas: [[44_006, "KIM, Sangman"]],
    addresses: [[45_005, null, "Russia"]],
    nationalities: [[46_001, "Korea, North"]],
    birthDates: [[47_001, "25 Apr 1965"]],
    birthPlaces: [[47_002, "North Pyongan Province, North Korea"]],
    ids: [
      [48_001, "Passport", "109420132", "Korea, North"],
      [51_007, "Gender", "Male"],
      [51_008, "Digital Currency Address - XBT", "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ"],
      [51_009, "Digital Currency Address - ETH", "0x97b1043abd9e6fc31681635166d430a458d14f9c"],
      ...koreaLabels(51_010),
    ],
  },
  {
    uid: 43379,
    type: "Entity",
    lastName: "CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY",
    programs: ["DPRK2"],
    akas: [[44_007, "JINYONG IT COOPERATION COMPANY"]],
    addresses: [[45_006, null, "Korea, North"]],
    ids: koreaLabels(51_012),
  },
];

/** Two days later, composed: one party removed, an alias changed, a vessel added. */
function later(): readonly ComposedParty[] {
  const changed = [...BEFORE, ...DESIGNATED]
    .filter((party) => party.uid !== 7601)
    .map(
      (party): ComposedParty =>
        party.uid === 27307
          ? {
              ...party,
              akas: [
                [18_001, "GUARDIANS OF PEACE"],
                [18_002, "HIDDEN COBRA", "weak"],
              ],
            }
          : party,
    );
  return [...changed, VESSEL];
}

const VESSEL: ComposedParty = {
  uid: 43401,
  type: "Vessel",
  lastName: "COMPOSED STAR",
  programs: ["DPRK4"],
  ids: [[52_001, "Vessel Registration Identification", "IMO 9187629"]],
  vessel: { callSign: "3FXY9", vesselType: "Crude Oil Tanker", vesselFlag: "Panama" },
};

/** Two weeks later, composed: two people added, the vessel renamed and flagged out. */
function inJune(): readonly ComposedParty[] {
  const people = ["Ana", "Luis"].map(
    (firstName, n): ComposedParty => ({
      uid: 43_501 + n,
      type: "Individual",
      firstName,
      lastName: "EXAMPLE",
      programs: ["ILLICIT-DRUGS-EO14059"],
      addresses: [[45_101 + n, null, "Mexico"]],
      birthDates: [[47_101 + n, `0${n + 1} Jan 1980`]],
    }),
  );
  const renamed: ComposedParty = {
    ...VESSEL,
    lastName: "COMPOSED DAWN",
    akas: [[44_101, "COMPOSED STAR"]],
    vessel: { ...VESSEL.vessel, vesselFlag: "Gabon" },
  };
  return [...later().filter((party) => party.uid !== VESSEL.uid), renamed, ...people];
}

const LABEL = "<p>Composed example, not an OFAC page.</p>";
const ADDED = "has been added to OFAC's SDN List:";
const RISKS = `${SECONDARY_LABEL} ${SECONDARY}; ${FINANCIAL_LABEL} ${FINANCIAL}`;
const PRESS = {
  title: "Treasury Targets DPRK Malicious Cyber and Illicit IT Worker Activities (composed example)",
  url: "https://home.treasury.gov/news/press-releases/jy1498",
};

/** The notice of 2023-05-23: five additions, and a general licence of another program. */
const NOTICE_BODY = [
  LABEL,
  '<p>The Office of Foreign Assets Control is issuing <a href="/media/931811/download?inline">Venezuela-related General License 8L</a>, "Composed Title of a General License". The licence expires at 12:01 a.m. eastern standard time, November 19, 2023.</p>',
  "<h3>Specially Designated Nationals List Update</h3>",
  `<h4>The following individual ${ADDED}</h4>`,
  "<p>KIM, Sang Man (a.k.a. KIM, Sangman), Russia; DOB 25 Apr 1965; POB North Pyongan Province, North Korea; " +
    "nationality Korea, North; Gender Male; Digital Currency Address - XBT 1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ; " +
    `Digital Currency Address - ETH 0x97b1043abd9e6fc31681635166d430a458d14f9c; ${RISKS}; ` +
    "Passport 109420132 (Korea, North) (individual) [DPRK4].</p>",
  "<h4>The following entities have been added to OFAC's SDN List:</h4>",
  `<p>110TH RESEARCH CENTER (a.k.a. "LAB 110"), Pyongyang, Korea, North; Shenyang, China; ${RISKS} [DPRK2].</p>`,
  `<p>CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY (a.k.a. JINYONG IT COOPERATION COMPANY), Korea, North; ${RISKS} [DPRK2].</p>`,
  `<p>PYONGYANG UNIVERSITY OF AUTOMATION (a.k.a. KIM IL MILITARY UNIVERSITY; a.k.a. MIRIM COLLEGE), Pyongyang, Korea, North; ${RISKS} [DPRK2].</p>`,
  `<p>TECHNICAL RECONNAISSANCE BUREAU (a.k.a. 3RD BUREAU OF THE RGB; a.k.a. "THIRD BUREAU"), Korea, North; ${RISKS} [DPRK2].</p>`,
].join("");

const STAR = "3FXY9) Crude Oil Tanker";
const IMO = "Vessel Registration Identification IMO 9187629 (vessel) [DPRK4].";
const NOTICE_IN_JUNE = [
  LABEL,
  "<h3>Specially Designated Nationals List Update</h3>",
  "<h4>The following individuals have been added to OFAC's SDN List:</h4>",
  "<p>EXAMPLE, Ana, Mexico; DOB 01 Jan 1980 (individual) [ILLICIT-DRUGS-EO14059].</p>",
  "<p>EXAMPLE, Luis, Mexico; DOB 02 Jan 1980 (individual) [ILLICIT-DRUGS-EO14059].</p>",
  "<h4>The following changes have been made to OFAC's SDN List:</h4>",
  `<p>COMPOSED STAR (${STAR} Panama flag; ${IMO} -to- COMPOSED DAWN (a.k.a. COMPOSED STAR) (${STAR} Gabon flag; ${IMO}</p>`,
].join("");

/** What a press release of that day could say; every word composed. */
const PRESS_BODY = [
  LABEL,
  "<p>WASHINGTON: Today, OFAC sanctioned four entities and one individual (composed example).</p>",
  "<p><strong>Pyongyang University of Automation</strong> trains people for cyber units, the example says. " +
    "The <strong>Technical Reconnaissance Bureau</strong> leads the development of tools, and the <strong>110th Research Center</strong> is subordinate to it.</p>",
  "<p>Pyongyang University of Automation, Technical Reconnaissance Bureau, and the 110th Research Center are being designated pursuant to E.O. 13687.</p>",
  "<p><strong>Chinyong Information Technology Cooperation Company</strong> (Chinyong) employs delegations of IT workers abroad, the example says. " +
    "Chinyong is being designated pursuant to E.O. 13687.</p>",
  "<p><strong>Kim Sang Man</strong> (Kim) represents an office of Chinyong. Kim is being designated pursuant to E.O. 13810.</p>",
].join("");

/** What the stand-in publishes on each day, in order. */
export const COMPOSED_DAYS: readonly { readonly look: string; readonly publication: ComposedPublication }[] =
  [
    {
      look: "2023-05-19T18:05:00Z",
      publication: {
        id: 401,
        at: "2023-05-19T14:01:44Z",
        files: {
          "SDN.XML": composeLegacyXml("2023-05-19", BEFORE),
          "CONSOLIDATED.XML": composeLegacyXml("2023-04-14", NON_SDN),
        },
      },
    },
    {
      look: "2023-05-23T14:20:00Z",
      publication: {
        id: 402,
        at: "2023-05-23T14:01:44Z",
        files: { "SDN.XML": composeLegacyXml("2023-05-23", [...BEFORE, ...DESIGNATED]) },
        delta: composeDelta(
          "2023-05-23",
          DESIGNATED.map(({ uid, lastName }) => ({ uid, op: "add", name: lastName })),
        ),
        notices: [
          {
            slug: "20230523",
            title:
              "North Korea Designations; Issuance of Venezuela-related General License (composed example)",
            date: "2023-05-23",
            category: "sanctions-list-updates",
            nodeId: "971161",
            pressReleases: [PRESS],
            body: NOTICE_BODY,
          },
        ],
        pressReleases: [
          { id: "jy1498", title: PRESS.title, published: "2023-05-23T10:30:00-04:00", body: PRESS_BODY },
        ],
      },
    },
    {
      look: "2023-05-25T14:20:00Z",
      publication: {
        id: 403,
        at: "2023-05-25T14:01:44Z",
        files: { "SDN.XML": composeLegacyXml("2023-05-25", later()) },
        notices: [
          {
            slug: "20230524",
            title: "Issuance of Counter Terrorism General License and related FAQ (composed example)",
            date: "2023-05-24",
            category: "general-licenses",
            nodeId: "971166",
            body:
              `${LABEL}<p>The Office of Foreign Assets Control (OFAC) is issuing ` +
              '<a href="/media/931900/download?inline">Counter Terrorism-related General License 99</a>, ' +
              '"Composed Title of Another General License", and publishing Frequently Asked Question ' +
              '<a href="/faqs/9999">9999</a>.</p>',
          },
          {
            slug: "20230525",
            title: "Counter Narcotics Designation Removal (composed example)",
            date: "2023-05-25",
            category: "sanctions-list-updates",
            nodeId: "971170",
            body:
              `${LABEL}<h3>Specially Designated Nationals List Update</h3>` +
              "<h4>The following deletions have been made to OFAC's SDN List:</h4>" +
              "<p>UNIPAPEL S.A., Yumbo, Colombia [SDNT].</p>",
          },
        ],
      },
    },
    {
      look: "2023-06-08T14:20:00Z",
      publication: {
        id: 404,
        at: "2023-06-08T14:01:44Z",
        files: { "SDN.XML": composeLegacyXml("2023-06-08", inJune()) },
        notices: [
          {
            slug: "20230608",
            title: "Counter Narcotics Designations; North Korea Designation Update (composed example)",
            date: "2023-06-08",
            category: "sanctions-list-updates",
            nodeId: "971190",
            body: NOTICE_IN_JUNE,
          },
        ],
      },
    },
  ];
