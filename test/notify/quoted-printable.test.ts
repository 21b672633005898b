import fc from "fast-check";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { quotedPrintable as inPieces } from "../../src/notify/quoted-printable.ts";

const quotedPrintable = (text: string) => Buffer.concat(inPieces(text)).toString("latin1");

const decode = async (encoded: string) => {
  const head =
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
  return (await simpleParser(head + encoded, { skipTextToHtml: true })).text ?? "";
};
const words = fc.constantFrom(
  "a",
  "=",
  " ",
  "\t",
  "é",
  "김상만",
  "→",
  "😀",
  "\n",
  "\r\n",
  ".",
  "x".repeat(74),
  "From ",
);

describe("quoted-printable", () => {
  it("keeps to 76 ASCII characters a line, with no space at an end", () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
        for (const line of quotedPrintable(parts.join("")).split("\r\n")) {
          expect(line).toMatch(/^[\t -~]{0,76}$/);
          expect(line).not.toMatch(/[\t ]$/);
          expect(line).not.toMatch(/=[0-9A-F]?$(?<!=)/);
        }
      }),
    );
  });

  it("is read back by another program as it was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 60 }), async (parts) => {
        const text = `${parts.join("")}|`;
        expect(await decode(quotedPrintable(text))).toBe(text.replace(/\r\n/g, "\n"));
      }),
      { numRuns: 200 },
    );
  });

  it("encodes what many texts begin with once, and each of them as if it were alone", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `line ${i} → ${"y".repeat(i % 90)}`).join("\n");
    const texts = Array.from(
      { length: 40 },
      (_, i) => `${i % 3}\n${rows.slice(i % 3)}\nleave: ${"z".repeat(i * 3)}${i}`,
    );
    for (const text of [...texts, ...texts]) {
      expect(quotedPrintable(text)).toBe(text.split("\n").map(quotedPrintable).join("\r\n"));
    }
    expect(await decode(quotedPrintable(texts[7] ?? ""))).toBe(texts[7]);
    const shared = inPieces(`${texts[1]}!`)[0];
    expect(shared?.length).toBeGreaterThan(100_000);
    expect(inPieces(`${texts[1]}?`)[0]).toBe(shared);
  });
});
