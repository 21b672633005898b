import {
  type Address,
  type Alias,
  type Attribute,
  type Blocking,
  childUid,
  compareText,
  type DateAttribute,
  type IdentityDocument,
  type ListMembership,
  type Name,
  type Note,
  type Party,
  type Program,
  type Relationship,
  type Remark,
  type Wallet,
} from "../domain/index.ts";
import { canonicalText } from "./line.ts";

/** A party while its facts are gathered from a record, in whatever order they come. */
export class Draft {
  readonly uid: number;
  readonly type: string;
  readonly name: Name;
  readonly notes: Note[] = [];
  title = "";
  blocking: Blocking = "unknown";
  readonly aliases: Alias[] = [];
  readonly remarks: Remark[] = [];
  readonly programs: Program[] = [];
  readonly lists: ListMembership[] = [];
  readonly sanctionsTypes: Attribute[] = [];
  readonly restrictions: Attribute[] = [];
  readonly secondarySanctions: Attribute[] = [];
  readonly legalAuthorities: Attribute[] = [];
  readonly addresses: Address[] = [];
  readonly nationalities: Attribute[] = [];
  readonly citizenships: Attribute[] = [];
  readonly birthDates: DateAttribute[] = [];
  readonly birthPlaces: Attribute[] = [];
  readonly genders: Attribute[] = [];
  readonly documents: IdentityDocument[] = [];
  readonly features: Attribute[] = [];
  readonly wallets: Wallet[] = [];
  readonly contacts: Attribute[] = [];
  readonly vessel: Attribute[] = [];
  readonly aircraft: Attribute[] = [];
  readonly relationships: Relationship[] = [];

  constructor(uid: number, type: string, name: Name) {
    this.uid = uid;
    this.type = type;
    this.name = name;
  }

  /** Something worth a warning, shown with this party as its example. */
  note(code: string, subject: string, example = ""): void {
    const label = `uid ${this.uid}`;
    this.notes.push({ code, subject, example: example === "" ? label : `${label}: ${example.slice(0, 60)}` });
  }

  /** The party in canonical form: lists sorted, equal children without uid once, empty lists left out. */
  party(): Party {
    const party: MutableParty = { uid: this.uid, type: this.type, name: this.name, blocking: this.blocking };
    if (this.title !== "") party.title = this.title;
    for (const area of LISTS_OF_CHILDREN) this.#put(party, area);
    return party;
  }

  #put<A extends ChildrenArea>(party: MutableParty, area: A): void {
    const children: readonly object[] = this[area];
    if (children.length === 0) return;
    const sorted = inOrder(children);
    for (let i = 1; i < sorted.length; i++) {
      const uid = childUid(sorted[i] ?? {});
      if (uid !== undefined && uid === childUid(sorted[i - 1] ?? {})) {
        this.note("duplicate-child", area, `${uid}`);
      }
    }
    // Sorted, they are still what they were in the area they are from.
    party[area] = sorted as MutableParty[A];
  }
}

type MutableParty = { -readonly [K in keyof Party]: Party[K] };
type ChildrenArea = (typeof LISTS_OF_CHILDREN)[number];

const LISTS_OF_CHILDREN = [
  "aliases",
  "remarks",
  "programs",
  "lists",
  "sanctionsTypes",
  "restrictions",
  "secondarySanctions",
  "legalAuthorities",
  "addresses",
  "nationalities",
  "citizenships",
  "birthDates",
  "birthPlaces",
  "genders",
  "documents",
  "features",
  "wallets",
  "contacts",
  "vessel",
  "aircraft",
  "relationships",
] as const;

/**
 * The order of the domain's `sortChildren`: by uid, those without last, then by content; without the writing of
 * each child where uids alone decide. Equal children that have no uid are one fact said twice.
 */
export function inOrder<T extends object>(children: readonly T[]): readonly T[] {
  if (children.length < 2) return children;
  const uids = children.map(childUid);
  const distinct = new Set(uids);
  if (distinct.size === children.length && !distinct.has(undefined)) {
    return [...children].sort((a, b) => (childUid(a) ?? 0) - (childUid(b) ?? 0));
  }
  return children
    .map((child, index) => ({
      child,
      uid: uids[index] ?? Number.MAX_SAFE_INTEGER,
      text: canonicalText(child),
    }))
    .sort((a, b) => a.uid - b.uid || compareText(a.text, b.text))
    .filter((entry, index, all) => !uidless(entry) || entry.text !== all[index - 1]?.text)
    .map((entry) => entry.child);
}

function uidless(entry: { readonly uid: number }): boolean {
  return entry.uid === Number.MAX_SAFE_INTEGER;
}
