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

  it("joins its pieces without a seam", async () => {
    const text = Array.from({ length: 3000 }, (_, i) => `line ${i} → ${"y".repeat(i % 90)}`).join("\n");
    expect(await decode(quotedPrintable(text))).toBe(text);
    expect(quotedPrintable(text)).toBe(text.split("\n").map(quotedPrintable).join("\r\n"));
  });
});
