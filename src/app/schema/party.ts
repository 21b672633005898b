import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import { describes, some, text, texts, uid } from "./words.ts";

const childUid = some(uid("OFAC's uid of this child, where OFAC gives a stable one."));
const isoDay = (description: string) => Type.String({ description });

export const Period = describes<Domain.Period>()(
  "Period",
  "First and last ISO day that a date text may mean; both inclusive.",
  Type.Object({ from: isoDay("First day."), to: isoDay("Last day."), approximate: some(Type.Literal(true)) }),
);

export const TypedText = describes<Domain.TypedText>()(
  "TypedText",
  "One part of a name or address with OFAC's word for its kind.",
  Type.Object({ type: text(), value: text() }),
);

export const ScriptForm = describes<Domain.ScriptForm>()(
  "ScriptForm",
  "A name in another script.",
  Type.Object({
    script: text("OFAC's name of the script, e.g. Cyrillic."),
    full: text(),
    first: some(text()),
    last: some(text()),
    parts: some(Type.Array(TypedText)),
  }),
);

const nameMembers = {
  uid: childUid,
  full: text("`LAST, First` for people, the whole name otherwise, as OFAC writes it."),
  first: some(text()),
  last: some(text()),
  parts: some(Type.Array(TypedText)),
  scripts: some(Type.Array(ScriptForm, { description: "The same name in other scripts." })),
};

export const Name = describes<Domain.Name>()("Name", "The primary name.", Type.Object(nameMembers));

export const Alias = describes<Domain.Alias>()(
  "Alias",
  "Another name of the party.",
  Type.Object({
    ...nameMembers,
    type: text("`a.k.a.`, `f.k.a.`, `n.k.a.`, or as OFAC names it."),
    quality: Type.Enum(["strong", "weak"], {
      description: "OFAC does not expect screening on weak aliases.",
    }),
  }),
);

export const Remark = describes<Domain.Remark>()(
  "Remark",
  "One segment of the remarks, verbatim.",
  Type.Object({
    text: text(),
    cut: some(
      Type.Literal(true, { description: "The source cut the remarks here: what follows is not known." }),
    ),
  }),
);

export const Program = describes<Domain.Program>()(
  "Program",
  "A sanctions program.",
  Type.Object({ uid: childUid, code: text("The tag without brackets, e.g. DPRK2.") }),
);

export const ListMembership = describes<Domain.ListMembership>()(
  "ListMembership",
  "A list of OFAC's that the party is on.",
  Type.Object({
    uid: childUid,
    name: text("OFAC's name of the list, e.g. SDN List."),
    listedOn: some(isoDay("ISO date on which it was put on that list, where the source says so.")),
  }),
);

const attributeMembers = {
  uid: childUid,
  type: some(text("OFAC's label as written; left out where the area says it all.")),
  value: text(),
  main: some(Type.Literal(true, { description: "OFAC's main entry among several." })),
  comments: some(text()),
  reliability: some(text("OFAC's own doubt, e.g. Reported.")),
  period: some(Period),
};

export const Attribute = describes<Domain.Attribute>()(
  "Attribute",
  "One fact with OFAC's label for its kind.",
  Type.Object(attributeMembers),
);

export const DateAttribute = describes<Domain.DateAttribute>()(
  "DateAttribute",
  "A date as OFAC writes it, and the days it may mean.",
  Type.Object(attributeMembers),
);

export const AddressForm = describes<Domain.AddressForm>()(
  "AddressForm",
  "An address in another script.",
  Type.Object({ script: text(), parts: Type.Array(TypedText) }),
);

export const Address = describes<Domain.Address>()(
  "Address",
  "An address.",
  Type.Object({
    uid: childUid,
    address1: some(text()),
    address2: some(text()),
    address3: some(text()),
    city: some(text()),
    stateOrProvince: some(text()),
    postalCode: some(text()),
    locality: some(text("City, state and postal code in one text, where the source does not part them.")),
    region: some(text()),
    country: some(text()),
    remarks: some(text()),
    scripts: some(Type.Array(AddressForm)),
  }),
);

export const IdentityDocument = describes<Domain.IdentityDocument>()(
  "IdentityDocument",
  "A document or registration.",
  Type.Object({
    uid: childUid,
    type: text("As OFAC names it, e.g. Passport."),
    number: some(text()),
    country: some(text()),
    issued: some(text("As OFAC writes it, e.g. 16 Oct 2019.")),
    expires: some(text()),
    authority: some(text()),
    location: some(text()),
    comments: some(text()),
    name: some(text("Which of the party's other names it is issued in; left out for the primary name.")),
    features: some(texts("What OFAC notes about this document alone.")),
    valid: some(Type.Literal(false, { description: "Only where OFAC says that it is not valid." })),
  }),
);

export const Wallet = describes<Domain.Wallet>()(
  "Wallet",
  "A digital-currency address.",
  Type.Object({
    uid: childUid,
    currency: text("OFAC's label: what OFAC wrote, not the chain."),
    address: text(),
    comments: some(text()),
    reliability: some(text()),
  }),
);

export const Relationship = describes<Domain.Relationship>()(
  "Relationship",
  "A link to another party.",
  Type.Object({
    uid: childUid,
    type: text("`Linked To` where the source has only the remark, else OFAC's relation type."),
    targetUid: some(uid("OFAC's uid of the other party.")),
    targetName: text(),
    quality: some(text()),
    comments: some(text()),
    period: some(Period),
  }),
);

const attributes = (description: string) => some(Type.Array(Attribute, { description }));

export const Party = describes<Domain.Party>()(
  "Party",
  "A listed party in canonical form: every list is sorted by (uid, those without one last; then RFC 8785 text), " +
    "and an empty list is left out.",
  Type.Object({
    uid: uid("OFAC's id of the party: its key over all lists and formats."),
    type: text("`entity`, `individual`, `vessel`, `aircraft`, or whatever else OFAC names, in lower case."),
    name: Name,
    aliases: some(Type.Array(Alias)),
    title: some(text()),
    remarks: some(Type.Array(Remark)),
    programs: some(Type.Array(Program)),
    lists: some(Type.Array(ListMembership)),
    sanctionsTypes: attributes("Kinds of sanctions, as OFAC names them."),
    blocking: Type.Enum(["yes", "no", "unknown"], {
      description: "From list membership and sanctions types, never from program tags alone.",
    }),
    restrictions: attributes("Directives and menu-based sanctions with their dates."),
    secondarySanctions: attributes("Secondary-sanctions texts."),
    legalAuthorities: attributes("Legal authorities."),
    addresses: some(Type.Array(Address)),
    nationalities: attributes("Nationalities."),
    citizenships: attributes("Citizenships."),
    birthDates: some(Type.Array(DateAttribute)),
    birthPlaces: attributes("Places of birth."),
    genders: attributes("Genders."),
    documents: some(Type.Array(IdentityDocument)),
    features: attributes("Facts of no area of their own."),
    wallets: some(Type.Array(Wallet)),
    contacts: attributes("Websites, e-mail addresses, phone numbers."),
    vessel: attributes("Facts of a vessel."),
    aircraft: attributes("Facts of an aircraft."),
    relationships: some(Type.Array(Relationship)),
  }),
);
