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
    return {
      uid: this.uid,
      type: this.type,
      name: this.name,
      blocking: this.blocking,
      ...(this.title === "" ? {} : { title: this.title }),
      ...this.#some("aliases", this.aliases),
      ...this.#some("remarks", this.remarks),
      ...this.#some("programs", this.programs),
      ...this.#some("lists", this.lists),
      ...this.#some("sanctionsTypes", this.sanctionsTypes),
      ...this.#some("restrictions", this.restrictions),
      ...this.#some("secondarySanctions", this.secondarySanctions),
      ...this.#some("legalAuthorities", this.legalAuthorities),
      ...this.#some("addresses", this.addresses),
      ...this.#some("nationalities", this.nationalities),
      ...this.#some("citizenships", this.citizenships),
      ...this.#some("birthDates", this.birthDates),
      ...this.#some("birthPlaces", this.birthPlaces),
      ...this.#some("genders", this.genders),
      ...this.#some("documents", this.documents),
      ...this.#some("features", this.features),
      ...this.#some("wallets", this.wallets),
      ...this.#some("contacts", this.contacts),
      ...this.#some("vessel", this.vessel),
      ...this.#some("aircraft", this.aircraft),
      ...this.#some("relationships", this.relationships),
    };
  }

  #some<K extends string, T extends object>(key: K, children: readonly T[]): { [P in K]?: readonly T[] } {
    if (children.length === 0) return {};
    const sorted = inOrder(children);
    for (let i = 1; i < sorted.length; i++) {
      const uid = childUid(sorted[i] ?? {});
      if (uid !== undefined && uid === childUid(sorted[i - 1] ?? {}))
        this.note("duplicate-child", key, `${uid}`);
    }
    // A computed key widens to an index signature; the shape is exactly this one member.
    return { [key]: sorted } as { [P in K]?: readonly T[] };
  }
}

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
