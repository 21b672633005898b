import Type, { type TSchema } from "typebox";
import type * as Domain from "../../domain/index.ts";
import { AREAS, type Area, type AreaValue } from "../../domain/index.ts";
import {
  Address,
  Alias,
  Attribute,
  DateAttribute,
  IdentityDocument,
  ListMembership,
  Name,
  Party,
  Program,
  Relationship,
  Remark,
  Wallet,
} from "./party.ts";
import { describes, hash, some, text, uid } from "./words.ts";

/** What stands in the areas whose children are no plain attributes. */
const OWN_VALUE: Partial<Record<Area, TSchema>> = {
  name: Name,
  alias: Alias,
  remarks: Remark,
  program: Program,
  list: ListMembership,
  address: Address,
  "birth-date": DateAttribute,
  document: IdentityDocument,
  wallet: Wallet,
  relationship: Relationship,
};

const isText = (area: Area): boolean => area === "type" || area === "title" || area === "blocking";

/** Areas by the schema of their values: every area is in exactly one group. */
const GROUPS: readonly (readonly [string, readonly Area[], TSchema])[] = [
  ["Text", AREAS.map(({ area }) => area).filter(isText), Type.String()],
  [
    "Attribute",
    AREAS.map(({ area }) => area).filter((area) => !isText(area) && OWN_VALUE[area] === undefined),
    Attribute,
  ],
  ...AREAS.flatMap(({ area }) => {
    const schema = OWN_VALUE[area];
    return schema === undefined ? [] : [[titleOf(schema), [area], schema] as const];
  }),
];

function titleOf(schema: TSchema): string {
  return "title" in schema ? String(schema.title) : "";
}

/** The value of any area: the whole child, or the text of a scalar. */
export const Value = Type.Unsafe<AreaValue>(
  Type.Union(
    GROUPS.map(([, , schema]) => schema),
    { title: "AreaValue", description: "A child of a set area as a whole, or the text of a scalar one." },
  ),
);

function fieldMembers(areas: readonly Area[], value: TSchema) {
  return {
    area: Type.Unsafe<Area>(Type.Enum([...areas], { description: "The part of the party." })),
    action: Type.Enum(["add", "remove", "change"], {
      description: "`before` is missing on add, `after` on remove.",
    }),
    key: text(
      "`address:74654` by OFAC's uid, `document:~0f3a…` by content, `vessel:Vessel Flag` by label, `title` for a " +
        "scalar; `#2`, `#3` … tell equal ones apart. To be shown and linked; apply by `before` and `after`.",
    ),
    before: some(Type.Unsafe<AreaValue>(value)),
    after: some(Type.Unsafe<AreaValue>(value)),
    paths: some(
      Type.Array(Type.Array(Type.String()), {
        description: "Members of the child that differ, as paths; derived.",
      }),
    ),
  };
}

/** One variant per group of areas, so that `before` and `after` are typed by area. */
export const FieldChange = Type.Unsafe<Domain.FieldChange>(
  Type.Union(
    GROUPS.map(([name, areas, value]) =>
      describes<Domain.FieldChange>()(
        `${name}Change`,
        `A change of: ${areas.join(", ")}.`,
        Type.Object(fieldMembers(areas, value)),
      ),
    ),
    { title: "FieldChange", description: "One change of one child of a party, or of one of its scalars." },
  ),
);

const partyMembers = {
  uid: uid("The party."),
  type: text("Its type; of a modified party the type after the change."),
  name: text("Its primary name; of a modified party the name after the change."),
};

const endHashes = {
  beforeHash: hash("Of the whole party before: SHA-256 of its RFC 8785 bytes."),
  afterHash: hash("Of the whole party after all of `fields` and all of its `unknown` are applied."),
};

export const AddedParty = describes<Domain.AddedParty>()(
  "AddedParty",
  "A party that was not listed before.",
  Type.Object({ op: Type.Literal("add"), ...partyMembers, after: Party }),
);

export const RemovedParty = describes<Domain.RemovedParty>()(
  "RemovedParty",
  "A party that is no longer listed.",
  Type.Object({ op: Type.Literal("remove"), ...partyMembers, before: Party }),
);

export const ModifiedParty = describes<Domain.ModifiedParty>()(
  "ModifiedParty",
  "A party that changed.",
  Type.Object({ op: Type.Literal("modify"), ...partyMembers, ...endHashes, fields: Type.Array(FieldChange) }),
);

export const PartyChange = Type.Unsafe<Domain.PartyChange>(
  Type.Union([AddedParty, RemovedParty, ModifiedParty], {
    title: "PartyChange",
    description: "What happened to one party.",
  }),
);

export const UnknownChange = Type.Unsafe<Domain.UnknownChange>(
  Type.Union(
    GROUPS.map(([name, areas, value]) =>
      describes<Domain.UnknownChange>()(
        `Unknown${name}Change`,
        `A difference in: ${areas.join(", ")}.`,
        Type.Object({
          ...fieldMembers(areas, value),
          ...partyMembers,
          ...endHashes,
          reason: Type.Enum(["truncated", "absent"], { description: "How the source hides it." }),
          detail: text("What could not be seen, for a reader."),
        }),
      ),
    ),
    {
      title: "UnknownChange",
      description:
        "A difference that the source cannot prove to be a change. Applied like any other, never told as one.",
    },
  ),
);

export const ChangeSet = describes<Domain.ChangeSet>()(
  "ChangeSet",
  "What one publication, or several in a row, changed. Parties ascend by uid.",
  Type.Object({ changes: Type.Array(PartyChange), unknown: Type.Array(UnknownChange) }),
);
