import { AREAS } from "../../domain/index.ts";

/** What a consumer has to do, in words: enough to write one without having seen any other. */
export const KIT_README = `# Conformance kit

Records, states and hashes to test a consumer of this ledger with. The parties are composed: they are invented, and
no data of OFAC's. Write a program that does what stands below; run it over the kit; when it accepts what it must
accept and refuses what it must refuse, it will replay the published ledger.

## Files

- \`kit.json\`: the expected result of every step. All paths are relative to it.
- \`records/<id>.json\`: one chain of records, as \`api/v1/records/<id>.json\` of the site.
- \`states/<id>.ndjson\`: the state after each record, as \`api/v1/states/<id>.ndjson\`.
- \`catch-up/*.json\`: several records as one change set, as \`api/v1/catch-up/…\`.
- \`refused/*.json\`: records that must be refused, with the state and the reason in \`kit.json\`.
- \`schema/*.json\`: JSON Schema 2020-12 of everything.

## Bytes

Every JSON file is RFC 8785 (JSON Canonicalization Scheme) in UTF-8, plus one line feed at the end; NDJSON has the
same per line. Object keys are ASCII. Numbers are integers from -(2^53-1) to 2^53-1. With that, RFC 8785 comes
down to: no white space; members sorted by key; integers in plain decimal; in strings only \`"\`, \`\\\\\` and the
control characters U+0000 to U+001F are escaped, as \`\\"\`, \`\\\\\\\\\`, \`\\b\`, \`\\t\`, \`\\n\`, \`\\f\`, \`\\r\`, and all others as
\`\\u00xx\` with lower-case hex digits; everything else, also U+007F, U+2028 and what lies outside the basic plane,
stands as it is. In Python: \`json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))\`.

The **hash** of a record is SHA-256 over the file's bytes, line feed included, written \`sha256:\` and 64 lower-case
hex digits. \`previous\` holds the id and the hash of the record before; a \`baseline\` has \`null\` there.

## State hash

The digest of a party is SHA-256 over its RFC 8785 bytes, without line feed. The hash of a state is SHA-256 over one
line per party in ascending order of uid: the uid in decimal, one blank, the digest as 64 lower-case hex digits,
one line feed. A state with no party has the hash of no bytes.

## Apply a change set

A change set has two lists, \`changes\` and \`unknown\`. Both are applied. Start from a state whose hash is
\`state.from.hash\` (of a catch-up file \`from.state.hash\`):

1. For every change with \`op\` \`add\`: the uid must not be there; \`after\` is the new party.
2. For every change with \`op\` \`remove\`: the party must be there and equal \`before\`; take it away.
3. All other changes are edits. Gather them by uid: the \`fields\` of the change with \`op\` \`modify\` for that uid,
   if there is one, followed by the entries of \`unknown\` for that uid. The digest of the party as it is must be
   \`beforeHash\`. Apply each field change as below. The digest of the result must be \`afterHash\`.
4. The hash of the new state must be \`state.to.hash\` (of a catch-up file \`to.state.hash\`), and its size
   \`state.to.parties\`.

A field change names an \`area\`. The area's values stand in one member of the party (table below). In a **set** that
member is a list; a missing member is an empty list. In a **scalar** it is one value or missing. To apply one:

- If it has \`before\`: exactly one value equal to it (the same RFC 8785 bytes) must be there; take away that one.
- If it has \`after\`: put it in.
- When all field changes of the party are done: a set with no values left loses its member; the values of a set are
  sorted by their \`uid\` (those without a \`uid\` come last), and among equals by their RFC 8785 text, compared by
  UTF-16 code units (not by code points: U+1F600 comes before U+FB01).

Nothing else of a change set is needed: \`key\`, \`paths\`, \`action\`, \`type\` and \`name\` are there for readers. To go
back, swap \`add\` and \`remove\`, \`before\` and \`after\`, \`beforeHash\` and \`afterHash\`.

| area | member | kind |
| --- | --- | --- |
${AREAS.map(({ area, property, shape }) => `| ${area} | \`${property}\` | ${shape} |`).join("\n")}

## Replay

Take the baseline's state. Check that its hash is the baseline's \`state.to.hash\`. Then, record by record: check the
record's hash against the one you got from its successor, the index or a signature; check that \`previous\` is the
record you have just applied; apply it. All kinds of records are applied alike. A member that you do not know means
nothing to you; a \`formatVersion\` with another major version (the number before the dot) must be refused.
`;
