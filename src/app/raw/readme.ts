/** Lies in every store, so that it explains itself without the program that wrote it. */
export const README = `# Source files

What ofac-ledger's records were read from: OFAC's files, unpacked, byte for byte, each once.

\`\`\`
index/<list>/<segment>/<year>/<record id>.json   which files a record was read from: name, SHA-256, size, where they
                                                 come from, ETag, Last-Modified, when they were fetched, and the object
objects/<2 hex>/<62 hex>.br                      a whole file under its SHA-256, compressed with Brotli (RFC 7932)
objects/<2 hex>/<62 hex>.delta.br                a file as a difference to another one, compressed the same way
\`\`\`

A difference is a sequence of instructions, each on a line that ends in one line feed: \`c OFFSET LENGTH\` copies bytes
of the base (the file that the index names as \`base\`), \`i LENGTH\` is followed by that many bytes to be put in. What
comes out has the SHA-256 that the file is named after. An entry of the index is sealed: \`seal\` is the SHA-256 of the
RFC 8785 form of its other members.

Nothing here is ever rewritten or removed by ofac-ledger. Records of transactions under OFAC's regulations have to be
kept for ten years (31 CFR 501.601, as amended with effect from 12 March 2025): keep this store as long.
\`ofac-ledger verify --raw\` recomputes every hash.
`;
