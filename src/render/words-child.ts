import type { Area, AreaValue } from "../domain/index.ts";
import { AREA_WORDS } from "./words.ts";
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

type Describe = (child: Members, area: Area) => ChildWords;

const ALIAS_WORDS: Readonly<Record<string, string>> = {
  "a.k.a.": "Also known as",
  "f.k.a.": "Formerly known as",
  "n.k.a.": "Now known as",
};

const CURRENCY_LABEL = "Digital currency address";

const describeName: Describe = (child, area) => ({
  label: AREA_WORDS[area].one,
  text: withScripts(child, child.text("full") ?? ""),
  exact: false,
});

const describeAlias: Describe = (child) => {
  const type = child.text("type") ?? "a.k.a.";
  const full = child.text("full") ?? "";
  const weak = child.text("quality") === "weak";
  return {
    label: ALIAS_WORDS[type] ?? type,
    text: withScripts(child, weak ? `\u201c${full}\u201d (weak alias)` : full),
    exact: false,
  };
};

const describeAttribute: Describe = (child, area) => ({
  label: bareLabel(child.text("type") ?? "") || AREA_WORDS[area].one,
  text: withNotes(child.text("value") ?? "", [
    approximate(child, area),
    child.flag("main") === true && area !== "feature" ? "main" : undefined,
    child.text("reliability"),
    child.text("comments"),
  ]),
  exact: area === "contact",
});

const describeList: Describe = (child) => {
  const listed = child.text("listedOn");
  return {
    label: "List",
    text: withNotes(child.text("name") ?? "", [
      listed === undefined ? undefined : `listed on ${dateWords(listed)}`,
    ]),
    exact: false,
  };
};

const describeAddress: Describe = (child) => {
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
    return `${words} (${form.text("script") ?? "other script"})`;
  });
  return {
    label: "Address",
    text: withNotes([plain.join(", "), ...scripts].filter((t) => t !== "").join(" / "), [
      child.text("remarks"),
    ]),
    exact: false,
  };
};

const describeDocument: Describe = (child) => {
  const prefixed = (prefix: string, value: string | undefined) =>
    value === undefined ? undefined : `${prefix} ${value}`;
  return {
    label: bareLabel(child.text("type") ?? "") || "Document",
    text: withNotes(child.text("number") ?? "no number given", [
      child.text("country"),
      prefixed("issued", child.text("issued")),
      prefixed("expires", child.text("expires")),
      prefixed("issued by", child.text("authority")),
      prefixed("issued in", child.text("location")),
      child.flag("valid") === false ? "not valid" : undefined,
      child.text("comments"),
    ]),
    exact: true,
  };
};

const describeWallet: Describe = (child) => ({
  label: `${CURRENCY_LABEL}, ${child.text("currency") ?? "currency not named"}`,
  text: withNotes(child.text("address") ?? "", [child.text("reliability"), child.text("comments")]),
  exact: true,
});

const describeRelationship: Describe = (child) => {
  const uid = child.number("targetUid");
  return {
    label: bareLabel(child.text("type") ?? "") || "Relationship",
    text: withNotes(child.text("targetName") ?? "", [
      uid === undefined ? undefined : `uid ${uid}`,
      child.text("quality"),
      period(child),
      child.text("comments"),
    ]),
    exact: false,
  };
};

const describeRemark: Describe = (child) => ({
  label: "Remark",
  text: `${child.text("text") ?? ""}${child.flag("cut") === true ? " \u2026 (the source cuts here)" : ""}`,
  exact: false,
});

const describeProgram: Describe = (child) => ({
  label: "Program",
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
export function describeChild(area: Area, child: AreaValue): ChildWords {
  if (typeof child === "string") return { label: AREA_WORDS[area].one, text: child, exact: false };
  return BY_AREA[area](new Members(child), area);
}

/** OFAC's label without the punctuation it ends in: `Secondary sanctions risk:`, `Listing Date -`. */
export function bareLabel(label: string): string {
  return label.replace(/[\s:\u2013-]+$/u, "").trim();
}

function withScripts(child: Members, text: string): string {
  const forms = child
    .list("scripts")
    .map((form) => `${form.text("full") ?? ""} (${form.text("script") ?? "other script"})`);
  return [text, ...forms].join(" / ");
}

function withNotes(text: string, notes: readonly (string | undefined)[]): string {
  const given = notes.filter(isText);
  if (given.length === 0) return text;
  return `${text === "" ? "" : `${text} `}(${given.join("; ")})`;
}

/** `circa` is in OFAC's own text of a date; elsewhere the doubt must be said. */
function approximate(child: Members, area: Area): string | undefined {
  const doubtful = child.nested("period")?.flag("approximate") === true;
  return doubtful && area !== "birth-date" ? "approximate" : undefined;
}

function period(child: Members): string | undefined {
  const days = child.nested("period");
  const from = days?.text("from");
  const to = days?.text("to");
  if (from === undefined || to === undefined) return undefined;
  return from === to ? dateWords(from) : `${dateWords(from)} to ${dateWords(to)}`;
}

const isText = (text: string | undefined): text is string => text !== undefined && text !== "";
