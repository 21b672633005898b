import { load } from "cheerio";
import { expect, test } from "vitest";
import { type Party, partyLine, partyMap } from "../../src/domain/index.ts";
import { inOrder } from "../../src/render/chain.ts";
import { renderSite, type SiteInput } from "../../src/render/index.ts";
import { partyHistories } from "../../src/render/party-history.ts";
import { partyNow } from "../../src/render/party-now.ts";
import { added, composeRecord, entity, modified, removed } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const files = (input: SiteInput): Map<string, string> =>
  new Map(renderSite(input, TEMPLATES).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));

test("every party a record touched has a page and a JSON file, unknown differences included", () => {
  const input = showcase();
  const site = files(input);
  const touched = new Set(
    input.records.flatMap(({ record }) => [...record.changes, ...record.unknown].map(({ uid }) => uid)),
  );
  expect(touched.size).toBeGreaterThan(20);
  for (const uid of touched) {
    expect(site.has(`parties/${uid}/index.html`), String(uid)).toBe(true);
    expect(JSON.parse(site.get(`api/v1/parties/${uid}.json`) ?? "")).toMatchObject({
      uid,
      formatVersion: "1.0",
    });
  }
});

test("a removed party keeps its page: marked, with the date, as last listed, and its history newest first", () => {
  const page = load(files(showcase()).get("parties/90001/index.html") ?? "");
  expect(page("h1").text()).toBe("EXAMPLE TRADING COMPANY");
  expect(page(".standing.removed").text()).toBe("Removed from the SDN List on 25 May 2023.");
  expect(page("#facts h2").text()).toBe("As last listed");
  expect(page('a[href="https://sanctionssearch.ofac.treas.gov/Details.aspx?id=90001"]')).toHaveLength(1);
  expect(page(".entry .op").first().text()).toBe("Removed");
  expect(page('.entry a[href="../../publications/sdn-20230525/#party-90001"]')).toHaveLength(1);
});

const A = entity(1, "A", ["SDGT"]);
const first = composeRecord({ date: "2023-01-02", changes: [added(A)] });
const gone = composeRecord({ date: "2023-02-02", previous: first, changes: [removed(A)] });
const back = composeRecord({ date: "2023-03-02", previous: gone, changes: [added({ ...A, title: "Back" })] });
const edited = composeRecord({
  date: "2023-04-02",
  previous: first,
  changes: [modified(A, [{ area: "title", action: "add", key: "title", after: "T" }])],
});
const stateOf = (party: Party, origin: "live" | "import" = "live", segment = "live") => ({
  list: "sdn" as const,
  segment,
  origin,
  parties: partyMap([partyLine(party)]),
});
const nowOf = (records: Parameters<typeof inOrder>[0], states: Parameters<typeof partyNow>[2] = []) =>
  partyNow(1, partyHistories(inOrder(records)).get(1) ?? [], states);

test("where a party stands follows from the live list, else from its last coming or going", () => {
  expect(nowOf([first])).toMatchObject({
    standing: "listed",
    words: expect.stringContaining("Added to the SDN List on 2 January 2023"),
  });
  expect(nowOf([first, gone])).toMatchObject({
    standing: "removed",
    words: "Removed from the SDN List on 2 February 2023",
  });
  expect(nowOf([first, gone, back])).toMatchObject({ standing: "listed", party: { title: "Back" } });
  expect(nowOf([first, edited])).toMatchObject({ standing: "unknown", party: null });
  expect(nowOf([first, edited], [stateOf({ ...A, title: "T" })])).toMatchObject({
    standing: "listed",
    words: "On the SDN List",
    party: { title: "T" },
  });
  expect(nowOf([first, gone], [stateOf(A)])).toMatchObject({ standing: "listed" });
  const imported = composeRecord({
    date: "2022-01-02",
    changes: [modified(A, [])],
    with: { segment: "old", origin: "import", id: "sdn-20220102" },
  });
  expect(nowOf([imported], [stateOf(A, "import", "old")]).words).toBe(
    "On the SDN List at the end of segment old",
  );
  const heads = [{ list: "sdn" as const, segment: "old", date: "2022-01-02" }];
  const ended = partyNow(
    1,
    partyHistories(inOrder([imported])).get(1) ?? [],
    [stateOf(A, "import", "old")],
    heads,
  );
  expect(ended.words).toBe("On the SDN List on 2 January 2022, at the end of segment old");
  expect(nowOf([imported], [stateOf(A, "import", "other")]).standing).toBe("unknown");
});

test("another entry of the same party is linked from both", () => {
  const B = entity(2, "A AGAIN");
  const statement = "A (1): delisted and redesignated as A AGAIN (2)";
  const record = composeRecord({
    changes: [removed(A), added(B)],
    judgement: {
      events: [
        { kind: "redesignation", uids: [1, 2], rule: "r", certainty: "certain", evidence: [], statement },
      ],
    },
  });
  const site = files(siteOf([record]));
  for (const [uid, other] of [
    [1, 2],
    [2, 1],
  ]) {
    const page = load(site.get(`parties/${uid}/index.html`) ?? "");
    expect(page(`#related a[href="../../parties/${other}/"]`)).toHaveLength(1);
    expect(page("#related").text()).toContain(statement);
  }
});

test("a party's page changes only when a record touches it or its state changes", () => {
  const input = siteOf([first], { states: [stateOf(A)] });
  const before = files(input).get("parties/1/index.html");
  const other = composeRecord({ date: "2023-05-02", previous: first, changes: [added(entity(9, "Z"))] });
  expect(files({ ...input, records: [first, other] }).get("parties/1/index.html")).toBe(before);
  expect(files({ ...input, states: [stateOf({ ...A, title: "X" })] }).get("parties/1/index.html")).not.toBe(
    before,
  );
});

test("a party that left and came back under another uid says where it lives on; its steps can be linked", () => {
  const before = composeRecord({ date: "2023-05-01", kind: "baseline" });
  const moved = composeRecord({
    date: "2023-05-23",
    previous: before,
    changes: [
      removed({ ...entity(501, "EXAMPLE CASH"), title: "Mixer" }),
      added({
        ...entity(502, "EXAMPLE CASH"),
        relationships: [
          { type: "Linked To", targetName: "EXAMPLE CASH", targetUid: 501 },
          { type: "Linked To", targetName: "ELSEWHERE", targetUid: 999 },
          { type: "Linked To", targetName: "ONLY A NAME" },
        ],
      }),
    ],
    judgement: {
      events: [
        { kind: "redesignation", uids: [501, 502], rule: "redesignation", certainty: "likely", evidence: [] },
      ],
    },
  });
  const site = new Map(
    renderSite(siteOf([before, moved]), TEMPLATES).map(({ path, bytes }) => [
      path,
      new TextDecoder().decode(bytes),
    ]),
  );
  const old = load(site.get("parties/501/index.html") ?? "");
  expect(old(".callout a").attr("href")).toBe("../../parties/502/");
  expect(old("#heir").text()).toContain("Listed anew as EXAMPLE CASH");
  const entry = old("details.as-of dl#as-of-sdn-20230523");
  expect(old("details.as-of summary").text()).toBe("The whole entry until 23 May 2023");
  expect(entry.text()).toContain("EXAMPLE CASH");
  expect(entry.text()).toContain("Mixer");
  expect(old('a[href="#as-of-sdn-20230523"]')).toHaveLength(1);
  const now = load(site.get("parties/502/index.html") ?? "");
  expect(now(".callout")).toHaveLength(0);
  const links = now("#relationships li")
    .map((_, li) => now(li).find("a").attr("href") ?? "none")
    .get();
  expect(links).toEqual([
    "../../parties/501/",
    "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=999",
    "none",
  ]);
});

const linkedTo = (name: string, uid?: number) => ({
  relationships: [{ type: "Linked To:", targetName: name, ...(uid === undefined ? {} : { targetUid: uid }) }],
});
const statesOf = (...members: readonly Party[]) => ({
  list: "sdn" as const,
  segment: "live",
  origin: "live" as const,
  parties: partyMap(members.map(partyLine)),
});

test("a party's page names those that name it: by uid, or by a name that one party alone has", () => {
  const leader = entity(600, "EXAMPLE LEADER");
  const members = [
    leader,
    { ...entity(601, "BY UID"), ...linkedTo("ANY SPELLING", 600) },
    { ...entity(602, "BY NAME"), ...linkedTo("EXAMPLE LEADER") },
    { ...entity(603, "ITSELF"), ...linkedTo("ITSELF") },
    entity(604, "TWICE"),
    entity(605, "TWICE"),
    { ...entity(606, "OF TWO"), ...linkedTo("TWICE") },
  ];
  const records = [composeRecord({ changes: members.map((party) => added(party)) })];
  const site = files(siteOf(records, { states: [statesOf(...members)] }));
  const rows = (uid: number, section: string) => {
    const page = load(site.get(`parties/${uid}/index.html`) ?? "");
    return page(`#${section} li`)
      .map((_, li) => `${page(li).text().trim()} -> ${page(li).find("a").attr("href") ?? "none"}`)
      .get();
  };
  expect(rows(600, "named-by")).toEqual([
    "Linked To: BY UID uid 601 -> ../../parties/601/",
    "Linked To: BY NAME uid 602 -> ../../parties/602/",
  ]);
  expect(rows(602, "relationships")).toEqual(["Linked To: EXAMPLE LEADER uid 600 -> ../../parties/600/"]);
  expect([rows(603, "named-by"), rows(604, "named-by"), rows(606, "relationships")]).toEqual([
    [],
    [],
    ["Linked To: TWICE -> none"],
  ]);
  const note = (uid: number) => load(site.get(`parties/${uid}/index.html`) ?? "").text();
  expect([note(600), note(602)].every((text) => text.includes("given by name alone"))).toBe(true);
  expect(note(601)).not.toContain("given by name alone");
  // What leads nowhere is not said to be anyone's name.
  expect(note(606)).not.toContain("given by name alone");
  expect(note(602)).toContain("One of these is given by name alone and linked");
  // One party fewer that names it, and its page is another, though no record touched it.
  const fewer = files(siteOf(records, { states: [statesOf(...members.filter(({ uid }) => uid !== 602))] }));
  expect(fewer.get("parties/600/index.html")).not.toBe(site.get("parties/600/index.html"));
});

test("a few hundred that name a party are cut and counted", () => {
  const members = [
    entity(1, "HUB"),
    ...Array.from({ length: 250 }, (_, n) => ({ ...entity(n + 2, `N${n}`), ...linkedTo("", 1) })),
  ];
  const page = load(
    files(
      siteOf([composeRecord({ changes: [added(entity(1, "HUB"))] })], { states: [statesOf(...members)] }),
    ).get("parties/1/index.html") ?? "",
  );
  expect(page("#named-by li")).toHaveLength(200);
  expect(page("#named-by").text()).toContain("and 50 parties more");
});

test("the whole entry as of any step: what a record does not hold is asked for", () => {
  const asked: string[] = [];
  const partyThen = ({ id }: { id: string }, uid: number): Party | undefined => {
    asked.push(`${id} ${uid}`);
    return id === edited.record.id ? { ...A, name: { full: "A OF THEN" }, title: "T" } : undefined;
  };
  const page = load(files(siteOf([first, edited], { partyThen })).get("parties/1/index.html") ?? "");
  expect(asked).toEqual(["sdn-20230402 1"]);
  expect(
    page("dl#as-of-sdn-20230402 dd")
      .map((_, dd) => page(dd).text())
      .get(),
  ).toEqual(expect.arrayContaining(["A OF THEN", "SDGT", "T"]));
  expect(page("dl#as-of-sdn-20230102").text()).toContain("SDGT");
  // Where nobody can tell, the step keeps its own link and claims nothing.
  const without = load(files(siteOf([first, edited])).get("parties/1/index.html") ?? "");
  expect(without("dl#as-of-sdn-20230402")).toHaveLength(0);
  expect(without('a#as-of-sdn-20230402[href="#as-of-sdn-20230402"]')).toHaveLength(1);
});

test("an entry that was merged into an older one of the same party says so, and is not called delisted", () => {
  const merged = composeRecord({
    changes: [removed(entity(702, "EXAMPLE TWIN"))],
    judgement: {
      events: [
        {
          kind: "duplicate-clean-up",
          uids: [701, 702],
          rule: "duplicate-clean-up",
          certainty: "certain",
          evidence: [],
        },
      ],
    },
  });
  const states = [statesOf(entity(701, "EXAMPLE TWIN, STILL LISTED"))];
  const page = load(files(siteOf([merged], { states })).get("parties/702/index.html") ?? "");
  expect(page("#heir").text()).toContain("Not a delisting");
  expect(page("#heir").text()).toContain("EXAMPLE TWIN, STILL LISTED");
  expect(page("#heir a").attr("href")).toBe("https://sanctionssearch.ofac.treas.gov/Details.aspx?id=701");
});

test("a page of a party says what the source does not show", () => {
  const saidWith = (level: "absent" | "complete") => {
    const coverage = { alias: level, address: level };
    const record = composeRecord({ changes: [added(A)], with: { coverage } });
    return load(files(siteOf([record])).get("parties/1/index.html") ?? "")("#facts .note").text();
  };
  expect(saidWith("absent")).toBe(
    "The source of this segment (SDN.CSV) does not show aliases and addresses.",
  );
  expect(saidWith("complete")).toBe("");
});
