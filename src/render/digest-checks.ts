import type {
  DeltaComparison,
  NoticeItem,
  NoticeOperation,
  PressComparison,
  ReconciledParty,
  Reconciliation,
} from "../domain/index.ts";
import { countsIn } from "./digest-counts.ts";
import type { Language } from "./language.ts";

/** Parties and uids named in one sentence. */
const NAMED = 5;

/**
 * What list, notice, press release and delta say of each other, in a language: the sentences that a reconciliation
 * carries in English, composed again from its facts. What OFAC and Treasury say stays in their words. When each happened is told with the
 * source.
 */
export function checkSentences(found: Reconciliation, language: Language): string[] {
  return [
    ...noticeSentences(found, language),
    ...unannounced(found, language),
    ...found.press.map((press) => pressSentence(press, language)),
    ...licences(found.items, language),
    deltaSentence(found.delta, language),
  ];
}

function noticeSentences({ notices, parties }: Reconciliation, language: Language): string[] {
  const { checks } = language.words;
  if (notices.length === 0) return [checks.noNotice];
  const names = language.count(checks.names, notices.length);
  const announced = parties.filter((party) => party.status !== "listed, not announced");
  if (announced.length === 0) return [language.say(checks.noParty, { names })];
  const lines = announced.reduce((sum, party) => sum + party.lines, 0);
  const repeated =
    lines === announced.length
      ? []
      : [
          language.say(checks.repeated, {
            lines: language.count(language.words.counts.line, lines, { n: lines }),
            parties: count(announced.length, language),
          }),
        ];
  const wrong = announced.filter((party) => party.status !== "announced and listed");
  const all = { names, parties: count(announced.length, language) };
  if (wrong.length === 0)
    return [language.say(checks.all, { ...all, agreement: agreement(announced, language) }), ...repeated];
  return [
    language.count(checks.some, wrong.length, {
      ...all,
      n: wrong.length,
      right: announced.length - wrong.length,
    }),
    ...wrong.map((party) => wrongSentence(party, language)),
    ...repeated,
  ];
}

/** Digits as the record's own sentences have them: not grouped. */
const count = (n: number, language: Language): string =>
  language.count(language.words.counts.party, n, { n });

function agreement(parties: readonly ReconciledParty[], language: Language): string {
  const { checks } = language.words;
  const { length } = parties;
  const all =
    length === 1 ? checks.it : length === 2 ? checks.both : language.say(checks.allOf, { n: length });
  const every = (operation: NoticeOperation) => parties.every((party) => party.operation === operation);
  if (every("add")) return language.count(checks.onList, length, { all });
  if (every("delete")) return language.count(checks.left, length, { all });
  if (every("change")) return language.count(checks.asSaid, length, { all });
  return language.say(checks.did, { operations: operations(parties, language) });
}

const OPERATIONS: readonly NoticeOperation[] = ["add", "delete", "change", "other"];

function operations(parties: readonly ReconciledParty[], language: Language): string {
  return OPERATIONS.map((operation) => ({
    operation,
    n: parties.filter((party) => party.operation === operation).length,
  }))
    .filter(({ n }) => n > 0)
    .map(({ operation, n }) => language.say(language.words.checks[operation], { n }))
    .join(", ");
}

const ANNOUNCED = {
  add: "announcedAdd",
  delete: "announcedDelete",
  change: "announcedChange",
  other: "announcedOther",
} as const;

function wrongSentence(party: ReconciledParty, language: Language): string {
  const { checks, mail, areas } = language.words;
  const { uid, name, operation } = party;
  const who = uid === null ? name : language.say(mail.namedUid, { name, uid });
  if (party.status === "announced, not listed") {
    const why = party.explanation === undefined ? "" : `: ${explained(party.explanation, language)}`;
    return language.say(checks[ANNOUNCED[operation]], { who, why });
  }
  const own = language.words.language === "en";
  const differences = party.differences.map(({ area, notice, list }) =>
    language.say(checks.difference, {
      area: own ? area : areas[area].one,
      notice: quoted(notice, language),
      list: quoted(list, language),
    }),
  );
  return language.say(checks.differs, { who, differences: differences.join("; ") });
}

const EXPLANATIONS: Readonly<Record<string, "stillListed" | "notOnList" | "notLeft" | "stoodBefore">> = {
  "it is still on the list": "stillListed",
  "no party of this name is on the list": "notOnList",
  "no party of this name left the list with this publication, and none is on it": "notLeft",
  "it stood on the list before, and this publication did not change it": "stoodBefore",
};

/** The record's own words where they are known, or are English anyway; else where to look. */
function explained(words: string, language: Language): string {
  const known = EXPLANATIONS[words];
  if (known !== undefined) return language.words.checks[known];
  return language.words.language === "en" ? words : language.words.checks.unexplained;
}

function quoted(texts: readonly string[], language: Language): string {
  const { checks } = language.words;
  if (texts.length === 0) return checks.nothingOfIt;
  const shown = texts
    .slice(0, 3)
    .map((one) => `"${one}"`)
    .join(", ");
  return texts.length > 3 ? language.say(checks.more, { shown, n: texts.length - 3 }) : shown;
}

function unannounced({ parties, notices }: Reconciliation, language: Language): string[] {
  const silent = parties.filter((party) => party.status === "listed, not announced");
  if (notices.length === 0 || silent.length === 0) return [];
  const { checks } = language.words;
  const shown = silent
    .slice(0, NAMED)
    .map((party) => party.name)
    .join("; ");
  return [
    language.say(checks.silent, {
      parties: count(silent.length, language),
      operations: operations(silent, language),
      names: silent.length > NAMED ? language.say(checks.more, { shown, n: silent.length - NAMED }) : shown,
    }),
  ];
}

function pressSentence(press: PressComparison, language: Language): string {
  const { checks } = language.words;
  if (press.claim === null) return language.say(checks.pressNone, { id: press.pressRelease });
  const { claim } = press;
  if (press.verdict === "agrees") return language.say(checks.pressAgrees, { claim });
  const found = countsIn(language, press.found) || language.words.counts.none;
  const reason = press.reason ?? "";
  if (reason.startsWith("the list added ")) return language.say(checks.pressDiffersAdded, { claim, found });
  if (reason.startsWith("the list removed "))
    return language.say(checks.pressDiffersRemoved, { claim, found });
  return language.say(checks.pressDiffers, { claim, found });
}

function licences(items: readonly NoticeItem[], language: Language): string[] {
  const { checks } = language.words;
  return items
    .filter((item) => item.kind === "general-licence")
    .map(({ numbers, topic, expires }) => {
      const licence = language
        .say(checks.generalLicense, { topic: topic ?? "", number: numbers.join(", ") })
        .trim();
      return expires === undefined
        ? language.say(checks.licence, { licence })
        : language.say(checks.licenceUntil, { licence, expires });
    });
}

function deltaSentence(delta: DeltaComparison, language: Language): string {
  const { checks } = language.words;
  if (delta.verdict === "not cross-checked") return checks.noDelta;
  if (delta.verdict === "agrees") return checks.deltaAgrees;
  return language.say(checks.deltaDiffers, { parts: deltaParts(delta, language).join("; ") });
}

function deltaParts(delta: DeltaComparison, language: Language): string[] {
  const { checks } = language.words;
  const sides: readonly (readonly [string, readonly number[]])[] = [
    [checks.addedHere, delta.addedOnlyHere],
    [checks.addedThere, delta.addedOnlyThere],
    [checks.removedHere, delta.removedOnlyHere],
    [checks.removedThere, delta.removedOnlyThere],
    [checks.changedHere, delta.modifiedOnlyHere],
    [checks.changedThere, delta.modifiedOnlyThere],
    [checks.otherAreas, delta.areasDiffer.map(({ uid }) => uid)],
  ];
  return sides.flatMap(([message, uids]) => {
    if (uids.length === 0) return [];
    const shown = uids.slice(0, NAMED).join(", ");
    const n = uids.length - NAMED;
    return [language.say(message, { uids: n > 0 ? language.say(checks.more, { shown, n }) : shown })];
  });
}
