import { describe, expect, it } from "vitest";
import { LedgerError } from "../../src/domain/index.ts";
import { interpret } from "../../src/normalize/index.ts";
import { openList } from "../../src/parse/index.ts";
import { bytes, csvFile, csvRow, enhancedEntity, enhancedXml, legacyEntry, legacyXml } from "./composed.ts";

/** Milliseconds to read a document, or to refuse it; any other error is a bug. */
async function timed(text: string): Promise<{ ms: number; outcome: string }> {
  const start = performance.now();
  let outcome = "read";
  try {
    const { issues } = await interpret(await openList([{ name: "SDN.X", bytes: bytes(text) }]), {
      list: "sdn",
    });
    if (issues.length > 0) outcome = `${issues.length} warnings`;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    outcome = error.code;
  }
  return { ms: performance.now() - start, outcome };
}

const LONG = 400_000;
const id = (type: string, number: string) =>
  `<idList><id><uid>1</uid><idType>${type}</idType><idNumber>${number}</idNumber></id></idList>`;

describe("hostile text costs no more than its length", () => {
  it.each([
    ["blanks in remarks", legacyXml([legacyEntry(1, `<remarks>a${" ".repeat(LONG)}b</remarks>`)])],
    [
      "links that never end",
      legacyXml([legacyEntry(1, `<remarks>${"(Linked To: ".repeat(LONG / 12)}</remarks>`)]),
    ],
    ["a label of blanks", legacyXml([legacyEntry(1, id(`a${" ".repeat(LONG)}:x`, "1"))])],
    [
      "a wallet label of blanks",
      legacyXml([legacyEntry(1, id(`Digital Currency Address - a${" ".repeat(LONG)}x`, "1"))]),
    ],
    ["initials", csvFile([csvRow(1, { remarks: `Linked To: ${"a.".repeat(LONG / 2)}x!.` })])],
    [
      "issued and expires",
      csvFile([csvRow(1, { remarks: `Passport 1${" issued expires ".repeat(LONG / 16)}.` })]),
    ],
    ["parentheses", csvFile([csvRow(1, { remarks: `Passport 1${" (a".repeat(LONG / 3)}.` })])],
    ["semicolons", csvFile([csvRow(1, { remarks: "; ".repeat(LONG / 2) })])],
    ["quotes", csvFile([csvRow(1, { name: '"'.repeat(LONG / 2) })])],
    ["joiners", enhancedXml([enhancedEntity(1, "", { name: `ا${"\u200c".repeat(LONG)}ا` })])],
    ["attributes", legacyXml([legacyEntry(1, `<title ${'a="1" '.repeat(LONG / 6)}/>`)])],
    ["references", legacyXml([legacyEntry(1, `<title>${"&amp;".repeat(LONG / 5)}</title>`)])],
    ["comments", legacyXml([legacyEntry(1, "<!---->".repeat(LONG / 7))])],
    ["unknown elements", legacyXml([legacyEntry(1, "<x/>".repeat(LONG / 4))])],
    ["elements without names", legacyXml([legacyEntry(1, "<".repeat(LONG))])],
    ["brackets in a tag", legacyXml([legacyEntry(1, `<a ${"'>'".repeat(LONG / 3)}`)])],
    ["many bangs", legacyXml([legacyEntry(1, `<title>${"!".repeat(LONG)}</title>`)])],
  ])("%s", async (_what, text) => {
    const { ms } = await timed(text);
    // A quadratic step over 400,000 characters takes a minute.
    expect(ms).toBeLessThan(5000);
  });

  it("and not more warnings than can be read", async () => {
    const odd = Array.from({ length: 5000 }, (_, index) => `<x${index}/>`).join("");
    const parsed = await openList([{ name: "SDN.XML", bytes: bytes(legacyXml([legacyEntry(1, odd)])) }]);
    const { issues } = await interpret(parsed, { list: "sdn" });
    expect(issues.length).toBe(201);
    expect(issues.at(-1)).toMatchObject({ code: "more-warnings" });
  });
});

describe("a stream is let go of", () => {
  async function* pieces(text: string, state: { closed: boolean }): AsyncGenerator<Uint8Array> {
    try {
      yield bytes(text);
      yield bytes(" ");
    } finally {
      state.closed = true;
    }
  }

  it.each([
    ["is no list", "%PDF-1.7"],
    ["has a broken head", legacyXml([legacyEntry(1)], { date: "99/99/2025" })],
    ["has a broken record", legacyXml([legacyEntry(1).replace("</lastName>", "")])],
  ])("when the document %s", async (_what, text) => {
    const state = { closed: false };
    await expect(
      openList([{ name: "SDN.XML", bytes: pieces(text.padEnd(70_000), state) }]).then((parsed) =>
        interpret(parsed, { list: "sdn" }),
      ),
    ).rejects.toThrow(LedgerError);
    expect(state.closed).toBe(true);
  });

  it("when only the head is wanted", async () => {
    const state = { closed: false };
    const text = `${legacyXml([legacyEntry(1)])}${" ".repeat(2_000_000)}`;
    const parsed = await openList([{ name: "SDN.XML", bytes: pieces(text, state) }]);
    expect(parsed.publishDate).toBe("2025-01-15");
    expect(state.closed).toBe(false);
    await parsed.close();
    expect(state.closed).toBe(true);
  });
});
