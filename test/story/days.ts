import { firm, person, ship } from "./parties.ts";
import { look, mailServer, mend, operator, publish, type StoryDay, trouble, watch } from "./table.ts";

/** On most days somebody looks at noon and in the evening, and the watchdog comes after that. */
const QUIET = [look("14:17"), look("22:17"), watch("22:33")];

const SOURCES = ["consolidated", "notices", "publications", "sdn"];
const ofEach = (kind: string, state: string) => SOURCES.map((source) => `${kind}: source:${source} ${state}`);
const CLEAR = SOURCES.map((source) => `all clear: source:${source}`);

/** OFAC's own deltas, by their numbers. */
const NO_DELTA = { kind: "status", status: 404, on: "/changes/4", at: ["service"] } as const;

/** A month of OFAC, and everything that can happen to a runner in it. To add a day, add a row. */
export const DAYS: readonly StoryDay[] = [
  {
    date: "2023-05-01",
    story: "The ledger begins. The first runner dies while it fetches the list.",
    steps: [
      publish("14:01", { sdn: {}, consolidated: {} }),
      look("14:17", { dies: "while it fetches a list" }),
      look("14:47"),
    ],
    headlines: ["20230501: baseline of 60 parties", "20230501 Non-SDN: baseline of 8 parties"],
  },
  {
    date: "2023-05-02",
    story: "Two runners see the same publication at the same moment.",
    steps: [
      publish("14:01", { sdn: { add: [firm(2001, "IRAN"), person(2002, "SDGT")] }, delta: true }),
      look("14:17", { race: true }),
      look("22:17"),
    ],
    headlines: ["20230502: 1 entity, 1 individual added"],
    mail: [
      "desk: 20230502: 1 entity, 1 individual added",
      "iran: 20230502: 1 entity, 1 individual added",
      "evening: 20230502: 1 entity, 1 individual added",
    ],
  },
  {
    date: "2023-05-03",
    story: "Two publications. Of the first the runner dies before its push, of the second after it.",
    steps: [
      publish("14:01", { sdn: { add: [ship(2003, "IRAN")] }, delta: true }),
      look("14:17", { dies: "between commit and push" }),
      look("14:47"),
      publish("19:01", { sdn: { remove: [1001], change: { 1002: { programs: ["SDGT", "IRAN"] } } } }),
      look("19:17", { dies: "between push and knowing of it" }),
      look("22:17"),
    ],
    headlines: ["20230503: 1 vessel added", "20230503 (2): 1 entity removed; 1 entity changed"],
    mail: [
      "desk: 20230503: 1 vessel added",
      "iran: 20230503: 1 vessel added",
      "ships: 20230503: 1 vessel added",
      "desk: 20230503 (2): 1 entity removed; 1 entity changed",
      "iran: 20230503 (2): 1 entity removed; 1 entity changed",
      "evening: 20230503: 2 publications, 1 vessel added; 1 entity removed; 1 entity changed",
    ],
  },
  {
    date: "2023-05-04",
    story:
      "An addition, and six removals at once: they wait until OFAC's own delta, late today, names them. " +
      "In the evening OFAC exports the same list in another order.",
    steps: [
      trouble("14:00", NO_DELTA),
      publish("14:01", {
        sdn: { add: [firm(2004, "SDGT")], remove: [1010, 1011, 1012, 1013, 1014, 1015] },
        delta: true,
      }),
      look("14:17"),
      mend("14:40"),
      look("14:47", { dies: "before it commits" }),
      look("15:07"),
      trouble("20:00", { kind: "shuffled-ids", seed: 7 }),
      publish("20:01"),
      look("22:17"),
    ],
    headlines: ["20230504: 1 entity added", "20230504 (2): 6 entities removed"],
    mail: [
      "desk: 20230504: 1 entity added",
      // The delta that came late also agrees with what was told before it.
      "desk: Re: 20230504: 1 entity added",
      "desk: 20230504 (2): 6 entities removed",
      "evening: 20230504: 2 publications, 1 entity added; 6 entities removed",
    ],
  },
  {
    date: "2023-05-05",
    story:
      "The sender dies: its intents are pushed, and nobody knows whether mail went out. The operator says: again.",
    steps: [
      publish("14:01", { sdn: { add: [firm(2005, "IRAN")] }, delta: true }),
      look("14:17", { dies: "between intents and mail" }),
      look("14:47"),
      watch("15:03"),
      operator("15:30", ["send", "--resend-unknown"]),
      look("22:17"),
      watch("22:33"),
    ],
    alarms: ["alarm: mail undelivered", "all clear: mail"],
    headlines: ["20230505: 1 entity added"],
    mail: [
      "desk: 20230505: 1 entity added",
      "iran: 20230505: 1 entity added",
      "evening: 20230505: 1 entity added",
      "friday: 20230502 to 20230505: 6 publications, 3 entities, 1 individual, 1 vessel added; 7 entities removed; 1 entity changed",
    ],
  },
  { date: "2023-05-06", story: "A quiet Saturday.", steps: [look("14:17")] },
  { date: "2023-05-07", story: "A quiet Sunday.", steps: [look("14:17")] },
  {
    date: "2023-05-08",
    story: "The other list changes. The runner dies while it writes the site.",
    steps: [
      publish("14:01", { consolidated: { add: [firm(7101, "UKRAINE-EO13662")] } }),
      look("14:17", { dies: "while it writes the site" }),
      look("22:17"),
    ],
    headlines: ["20230508 Non-SDN: 1 entity added"],
    mail: ["desk: 20230508 Non-SDN: 1 entity added", "evening: 20230508 Non-SDN: 1 entity added"],
  },
  {
    date: "2023-05-09",
    story: "Both lists at once. The runner dies while it writes the ledger.",
    steps: [
      publish("14:01", {
        sdn: { add: [firm(2006, "SDGT")] },
        consolidated: { remove: [7001] },
        delta: true,
      }),
      look("14:17", { dies: "while it writes the ledger" }),
      look("14:47"),
      look("22:17"),
    ],
    headlines: ["20230509: 1 entity added", "20230509 Non-SDN: 1 entity removed"],
    mail: [
      "desk: 20230509: 2 publications, 1 entity added; 1 entity removed",
      "evening: 20230509: 2 publications, 1 entity added; 1 entity removed",
    ],
  },
  {
    date: "2023-05-10",
    story:
      "OFAC is down, from noon, and publishes all the same. The watchdog dies when it has barked, and nothing remembers that.",
    steps: [
      trouble("12:00", { kind: "status", status: 503, at: ["service", "store", "site"] }),
      publish("14:01", { sdn: { add: [person(2007, "IRAN")] } }),
      look("14:17"),
      watch("18:33", { dies: "after it alarmed" }),
      watch("18:53"),
      look("22:17"),
    ],
    alarms: [...ofEach("alarm", "failing"), ...ofEach("alarm", "failing")],
  },
  { date: "2023-05-11", story: "OFAC is still down.", steps: QUIET, alarms: ofEach("alarm", "absent") },
  {
    date: "2023-05-12",
    story: "OFAC is up again: what it published on the first day of the outage is found.",
    steps: [mend("12:00"), ...QUIET],
    alarms: CLEAR,
    headlines: ["20230510: 1 individual added"],
    mail: [
      "desk: 20230510: 1 individual added",
      "iran: 20230510: 1 individual added",
      "evening: 20230510: 1 individual added",
      "friday: 20230508 to 20230510: 4 publications, 2 entities, 1 individual added; 1 entity removed",
    ],
  },
  { date: "2023-05-13", story: "A quiet Saturday.", steps: [look("14:17")] },
  { date: "2023-05-14", story: "A quiet Sunday.", steps: [look("14:17"), look("22:17")] },
  {
    date: "2023-05-15",
    story: "OFAC's firewall does not want us any more.",
    steps: [trouble("12:00", { kind: "blocked" }), look("14:17"), watch("18:33"), look("22:17")],
    alarms: ofEach("alarm", "failing"),
  },
  {
    date: "2023-05-16",
    story: "Blocked; OFAC publishes.",
    steps: [publish("14:01", { sdn: { add: [firm(2008, "CUBA")] } }), look("14:17"), watch("22:33")],
    alarms: ofEach("alarm", "absent"),
  },
  {
    date: "2023-05-17",
    story: "Blocked.",
    steps: [look("14:17"), watch("22:33")],
    alarms: ofEach("reminder", "absent"),
  },
  {
    date: "2023-05-18",
    story: "Blocked; OFAC publishes again.",
    steps: [
      publish("14:01", { sdn: { remove: [1020], change: { 2003: { lastName: "COMPOSED STAR RENAMED" } } } }),
      look("14:17"),
      watch("22:33"),
    ],
    alarms: ofEach("reminder", "absent"),
  },
  {
    date: "2023-05-19",
    story: "Blocked.",
    steps: [look("14:17"), watch("22:33")],
    alarms: ofEach("reminder", "absent"),
  },
  {
    date: "2023-05-20",
    story: "Blocked.",
    steps: [look("14:17"), watch("22:33")],
    alarms: ofEach("reminder", "absent"),
  },
  {
    date: "2023-05-21",
    story: "Blocked.",
    steps: [look("14:17"), watch("22:33")],
    alarms: ofEach("reminder", "absent"),
  },
  {
    date: "2023-05-22",
    story: "The firewall lets us in: two publications are found as one, which names both.",
    steps: [mend("12:00"), ...QUIET],
    alarms: CLEAR,
    headlines: ["20230518: 1 entity added; 1 entity removed; 1 vessel changed"],
    mail: [
      "desk: 20230518: 1 entity added; 1 entity removed; 1 vessel changed",
      "iran: 20230518: 1 entity added; 1 entity removed; 1 vessel changed",
      "ships: 20230518: 1 entity added; 1 entity removed; 1 vessel changed",
      "evening: 20230518: 1 entity added; 1 entity removed; 1 vessel changed",
    ],
  },
  {
    date: "2023-05-23",
    story: "The mail server is away at noon. What could not be sent goes out in the evening.",
    steps: [
      publish("14:01", { sdn: { add: [ship(2009, "SDGT")] }, delta: true }),
      mailServer("14:10", 421),
      look("14:17"),
      mailServer("16:00", undefined),
      look("22:17"),
      watch("22:33"),
    ],
    headlines: ["20230523: 1 vessel added"],
    mail: [
      "desk: 20230523: 1 vessel added",
      "ships: 20230523: 1 vessel added",
      "evening: 20230523: 1 vessel added",
    ],
  },
  {
    date: "2023-05-24",
    story:
      "Yesterday's file was wrong, and OFAC replaced it without a word: the operator corrects the record.",
    steps: [
      look("14:17"),
      operator(
        "15:30",
        [
          "correct",
          "sdn-20230523",
          "--from",
          "SDN.XML",
          "--provenance",
          "composed",
          "--reason",
          "OFAC replaced its file",
        ],
        { change: { 2009: { lastName: "COMPOSED STAR NINE" } } },
      ),
      look("22:17"),
    ],
    headlines: ["20230524: correction of sdn-20230523: 1 vessel changed"],
    mail: [
      "desk: 20230524: correction of sdn-20230523: 1 vessel changed",
      "ships: 20230524: correction of sdn-20230523: 1 vessel changed",
      "evening: 20230524: correction of sdn-20230523: 1 vessel changed",
    ],
  },
  {
    date: "2023-05-25",
    story: "The sender dies when all mail is handed over, before it could say so.",
    steps: [
      publish("14:01", { sdn: { add: [firm(2010, "SDGT")] } }),
      look("14:17", { dies: "between mail and results" }),
      look("14:47"),
      look("22:17"),
      watch("22:33"),
    ],
    alarms: ["alarm: mail undelivered"],
    headlines: ["20230525: 1 entity added"],
    mail: ["desk: 20230525: 1 entity added", "evening: 20230525: 1 entity added"],
  },
  {
    date: "2023-05-26",
    story: "Two runners again, and both have mail to send. In the evening the evidence is not kept.",
    steps: [
      publish("14:01", { sdn: { remove: [1021] }, delta: true }),
      look("14:17", { race: true }),
      look("22:17", { dies: "before it keeps the evidence" }),
      look("22:47"),
    ],
    headlines: ["20230526: 1 entity removed"],
    mail: [
      "desk: 20230526: 1 entity removed",
      "evening: 20230526: 1 entity removed",
      "friday: 20230518 to 20230526: 5 publications, 2 entities, 1 vessel added; 2 entities removed; 2 vessels changed",
    ],
  },
  { date: "2023-05-27", story: "A quiet Saturday.", steps: [look("14:17")] },
  { date: "2023-05-28", story: "A quiet Sunday.", steps: [look("14:17")] },
  {
    date: "2023-05-29",
    story: "The sender dies twice: before its intents are pushed, and after its results are.",
    steps: [
      publish("14:01", { sdn: { add: [firm(2011, "IRAN")] } }),
      look("14:17", { dies: "before the intents are pushed" }),
      look("14:47", { dies: "after the results are pushed" }),
      look("22:17"),
      watch("22:33"),
    ],
    alarms: ["reminder: mail undelivered"],
    headlines: ["20230529: 1 entity added"],
    mail: [
      "desk: 20230529: 1 entity added",
      "iran: 20230529: 1 entity added",
      "evening: 20230529: 1 entity added",
    ],
  },
  {
    date: "2023-05-30",
    story: "The last day: a party comes back under another number.",
    steps: [publish("14:01", { sdn: { add: [firm(1001, "CUBA")] } }), ...QUIET],
    alarms: ["reminder: mail undelivered"],
    headlines: ["20230530: 1 entity added"],
    mail: ["desk: 20230530: 1 entity added", "evening: 20230530: 1 entity added"],
  },
];
