import type { Area, AreaValue } from "../domain/index.ts";
import { ENGLISH, type Language } from "./language.ts";
import { dateWords } from "./words-date.ts";

/** A child (or scalar) of a party in words. */
export interface ChildWords {
  /** What kind of fact it is: `Passport`, `Also known as`, `Website`. */
  readonly label: string;
  /** The fact itself, in full. */
  readonly text: string;
  /** Something to copy letter by letter: a number, an address of a wallet, a call sign. */
  readonly exact: boolean;
}

/** Members of a child as texts: children come from JSON that a later minor version may have widened. */
class Members {
  readonly #members: ReadonlyMap<string, unknown>;
  constructor(child: object) {
    this.#members = new Map(Object.entries(child));
  }
  text(name: string): string | undefined {
    const value = this.#members.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  }
  flag(name: string): boolean | undefined {
    const value = this.#members.get(name);
    return typeof value === "boolean" ? value : undefined;
  }
  number(name: string): number | undefined {
    const value = this.#members.get(name);
    return typeof value === "number" ? value : undefined;
  }
  list(name: string): Members[] {
    const value = this.#members.get(name);
    if (!Array.isArray(value)) return [];
    return value.filter((item) => typeof item === "object" && item !== null).map((item) => new Members(item));
  }
  nested(name: string): Members | undefined {
    const value = this.#members.get(name);
    return typeof value === "object" && value !== null ? new Members(value) : undefined;
  }
}

type Describe = (child: Members, area: Area, language: Language) => ChildWords;

const ALIAS_WORDS: Readonly<Record<string, "aka" | "fka" | "nka">> = {
  "a.k.a.": "aka",
  "f.k.a.": "fka",
  "n.k.a.": "nka",
};

const describeName: Describe = (child, area, language) => ({
  label: language.words.areas[area].one,
  text: withScripts(child, child.text("full") ?? "", language),
  exact: false,
});

const describeAlias: Describe = (child, _area, language) => {
  const { children } = language.words;
  const type = child.text("type") ?? "a.k.a.";
  const known = ALIAS_WORDS[type];
  const full = child.text("full") ?? "";
  const weak = child.text("quality") === "weak";
  return {
    label: known === undefined ? type : children[known],
    text: withScripts(child, weak ? language.say(children.weak, { name: full }) : full, language),
    exact: false,
  };
};

const describeAttribute: Describe = (child, area, language) => ({
  label: bareLabel(child.text("type") ?? "") || language.words.areas[area].one,
  text: withNotes(child.text("value") ?? "", [
    approximate(child, area, language),
    child.flag("main") === true && area !== "feature" ? language.words.children.main : undefined,
    child.text("reliability"),
    child.text("comments"),
  ]),
  exact: area === "contact",
});

const describeList: Describe = (child, area, language) => {
  const listed = child.text("listedOn");
  return {
    label: language.words.areas[area].one,
    text: withNotes(child.text("name") ?? "", [
      listed === undefined
        ? undefined
        : language.say(language.words.children.listedOn, { date: dateWords(listed, language) }),
    ]),
    exact: false,
  };
};

const describeAddress: Describe = (child, area, language) => {
  const parts = [
    "address1",
    "address2",
    "address3",
    "locality",
    "city",
    "stateOrProvince",
    "postalCode",
    "region",
    "country",
  ];
  const plain = parts.map((part) => child.text(part)).filter(isText);
  const scripts = child.list("scripts").map((form) => {
    const words = form
      .list("parts")
      .map((part) => part.text("value"))
      .filter(isText)
      .join(", ");
    return `${words} (${form.text("script") ?? language.words.children.otherScript})`;
  });
  return {
    label: language.words.areas[area].one,
    text: withNotes([plain.join(", "), ...scripts].filter((t) => t !== "").join(" / "), [
      child.text("remarks"),
    ]),
    exact: false,
  };
};

const describeDocument: Describe = (child, area, language) => {
  const { children, areas } = language.words;
  const said = (message: string, name: string, value: string | undefined) =>
    value === undefined ? undefined : language.say(message, { [name]: value });
  return {
    label: bareLabel(child.text("type") ?? "") || areas[area].one,
    text: withNotes(child.text("number") ?? children.noNumber, [
      child.text("country"),
      said(children.issued, "date", child.text("issued")),
      said(children.expires, "date", child.text("expires")),
      said(children.issuedBy, "authority", child.text("authority")),
      said(children.issuedIn, "place", child.text("location")),
      child.flag("valid") === false ? children.notValid : undefined,
      child.text("comments"),
    ]),
    exact: true,
  };
};

const describeWallet: Describe = (child, _area, language) => ({
  label: language.say(language.words.children.wallet, {
    currency: child.text("currency") ?? language.words.children.noCurrency,
  }),
  text: withNotes(child.text("address") ?? "", [child.text("reliability"), child.text("comments")]),
  exact: true,
});

const describeRelationship: Describe = (child, area, language) => {
  const uid = child.number("targetUid");
  return {
    label: bareLabel(child.text("type") ?? "") || language.words.areas[area].one,
    text: withNotes(child.text("targetName") ?? "", [
      uid === undefined ? undefined : `uid ${uid}`,
      child.text("quality"),
      period(child, language),
      child.text("comments"),
    ]),
    exact: false,
  };
};

const describeRemark: Describe = (child, area, language) => ({
  label: language.words.areas[area].one,
  text:
    child.flag("cut") === true
      ? language.say(language.words.children.cut, { text: child.text("text") ?? "" })
      : (child.text("text") ?? ""),
  exact: false,
});

const describeProgram: Describe = (child, area, language) => ({
  label: language.words.areas[area].one,
  text: child.text("code") ?? "",
  exact: false,
});

const BY_AREA: Readonly<Record<Area, Describe>> = {
  type: describeAttribute,
  name: describeName,
  alias: describeAlias,
  title: describeAttribute,
  remarks: describeRemark,
  program: describeProgram,
  list: describeList,
  "sanctions-type": describeAttribute,
  blocking: describeAttribute,
  restriction: describeAttribute,
  "secondary-sanctions": describeAttribute,
  "legal-authority": describeAttribute,
  address: describeAddress,
  nationality: describeAttribute,
  citizenship: describeAttribute,
  "birth-date": describeAttribute,
  "birth-place": describeAttribute,
  gender: describeAttribute,
  document: describeDocument,
  feature: describeAttribute,
  wallet: describeWallet,
  contact: describeAttribute,
  vessel: describeAttribute,
  aircraft: describeAttribute,
  relationship: describeRelationship,
};

/** A child of a set area, or a scalar area's value, in the words of page, feed, mail and Markdown alike. */
export function describeChild(area: Area, child: AreaValue, language: Language = ENGLISH): ChildWords {
  if (typeof child !== "string") return BY_AREA[area](new Members(child), area, language);
  return { label: language.words.areas[area].one, text: scalar(area, child, language), exact: false };
}

/** Whether a party is blocked is a word of ours; all other scalars are OFAC's. */
function scalar(area: Area, value: string, { words: { children } }: Language): string {
  if (area !== "blocking") return value;
  return value === "yes" || value === "no" || value === "unknown" ? children[value] : value;
}

/** OFAC's label without the punctuation it ends in: `Secondary sanctions risk:`, `Listing Date -`. */
export function bareLabel(label: string): string {
  return label.replace(/[\s:\u2013-]+$/u, "").trim();
}

function withScripts(child: Members, text: string, { words }: Language): string {
  const forms = child
    .list("scripts")
    .map((form) => `${form.text("full") ?? ""} (${form.text("script") ?? words.children.otherScript})`);
  return [text, ...forms].join(" / ");
}

function withNotes(text: string, notes: readonly (string | undefined)[]): string {
  const given = notes.filter(isText);
  if (given.length === 0) return text;
  return `${text === "" ? "" : `${text} `}(${given.join("; ")})`;
}

/** `circa` is in OFAC's own text of a date; elsewhere the doubt must be said. */
function approximate(child: Members, area: Area, { words }: Language): string | undefined {
  const doubtful = child.nested("period")?.flag("approximate") === true;
  return doubtful && area !== "birth-date" ? words.children.approximate : undefined;
}

function period(child: Members, language: Language): string | undefined {
  const days = child.nested("period");
  const from = days?.text("from");
  const to = days?.text("to");
  if (from === undefined || to === undefined) return undefined;
  const [first, last] = [dateWords(from, language), dateWords(to, language)];
  return from === to ? first : language.say(language.words.dates.span, { from: first, to: last });
}

const isText = (text: string | undefined): text is string => text !== undefined && text !== "";
