import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printSegment, splitRemarks } from "../../src/parse/remarks.ts";

/** Segments as they may stand in remarks, recognised or not. */
const SEGMENT = fc.oneof(
  fc.constantFrom(
    "DOB 10 Dec 1948",
    "DOB circa 1951",
    "POB Example City, Example Province, Cuba",
    "nationality Iran",
    "citizen Korea, North",
    "Gender Male",
    "a.k.a. 'THE EXAMPLE'",
    "f.k.a. 'O'EXAMPLE'",
    "Linked To: EXAMPLE TRADING S.A.",
    "Passport A1234567 (Iran) issued 16 Oct 2019 expires 15 Oct 2024",
    "Passport A1234567 expires May 2007",
    "Tax ID No. 77 12 (Russia)",
    "Registration Number HRA 1 (Example Town) (Germany)",
    "Registration Number HRB 2 (Example Town)",
    "Digital Currency Address - XBT 1ExampleExampleExample",
    "Digital Currency Address - NEW abc",
    "Secondary sanctions risk: See Section 11 of Executive Order 14024.",
    "Vessel Registration Identification IMO 1234567",
    "For more information: https://example.org/a; see",
    "Passport",
    "Gender",
    " Telephone 1",
    "",
  ),
  fc.string({ unit: fc.constantFrom("a", "B", " ", "(", ")", ".", ",", "'", ":", "1"), maxLength: 30 }),
);

describe("splitting remarks", () => {
  it("loses nothing: every segment prints back, but for `alt. ` and the final dot", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), SEGMENT), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (parts, cut) => {
          const text = `${parts.map(([alt, segment]) => (alt ? `alt. ${segment}` : segment)).join("; ")}${cut ? "" : "."}`;
          const printed = splitRemarks(text, { cut }).map(printSegment).join("; ");
          const unprefixed = text
            .split("; ")
            .map((piece, index, all) =>
              piece.startsWith("alt. ") && !(cut && index === all.length - 1) ? piece.slice(5) : piece,
            )
            .join("; ");
          expect([printed, `${printed}.`, `${printed}; `]).toContain(unprefixed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("tells attributes, aliases, links and documents apart", () => {
    const text =
      "DOB 21 Mar 1963; alt. DOB 1964; POB Example City, Cuba; nationality Cuba; a.k.a. 'THE EXAMPLE'; " +
      "Passport F1 (Cuba) issued 16 Oct 2019 expires 15 Oct 2024; Minister of Examples; Linked To: EXAMPLE GROUP.";
    expect(splitRemarks(text)).toEqual([
      { kind: "feature", text: "DOB 21 Mar 1963", label: "DOB", value: "21 Mar 1963" },
      { kind: "feature", text: "DOB 1964", label: "DOB", value: "1964" },
      { kind: "feature", text: "POB Example City, Cuba", label: "POB", value: "Example City, Cuba" },
      { kind: "feature", text: "nationality Cuba", label: "nationality", value: "Cuba" },
      { kind: "alias", text: "a.k.a. 'THE EXAMPLE'", type: "a.k.a.", name: "THE EXAMPLE" },
      {
        kind: "document",
        text: "Passport F1 (Cuba) issued 16 Oct 2019 expires 15 Oct 2024",
        label: "Passport",
        number: "F1",
        country: "Cuba",
        issued: "16 Oct 2019",
        expires: "15 Oct 2024",
      },
      { kind: "text", text: "Minister of Examples" },
      { kind: "link", text: "Linked To: EXAMPLE GROUP", name: "EXAMPLE GROUP" },
    ]);
  });

  it.each([
    ["HRA 1 (Example Town) (Germany)", "HRA 1 (Example Town)", "Germany", undefined],
    ["1 (Example Town)", "1 (Example Town)", undefined, undefined],
    ["A1 issued in haste", "A1 issued in haste", undefined, undefined],
    ["A1 (Cuba) issued 1999", "A1", "Cuba", "1999"],
    ["A1 (Cuba) issued 31 Feb 1999", "A1 (Cuba) issued 31 Feb 1999", undefined, undefined],
  ])("reads a document number as far as it is sure: %s", (value, number, country, issued) => {
    const [segment] = splitRemarks(`Passport ${value}`);
    expect(segment).toMatchObject({ kind: "document", number });
    expect(segment?.kind === "document" ? [segment.country, segment.issued] : []).toEqual([country, issued]);
  });

  it("leaves what a cut has torn as text, and says so", () => {
    expect(splitRemarks("DOB 1 Jan 1960; Linked To: EXAMP", { cut: true })).toEqual([
      { kind: "feature", text: "DOB 1 Jan 1960", label: "DOB", value: "1 Jan 1960" },
      { kind: "text", text: "Linked To: EXAMP", cut: true },
    ]);
    expect(splitRemarks("DOB 1 Jan 1960; ", { cut: true }).at(-1)).toEqual({
      kind: "text",
      text: "",
      cut: true,
    });
  });

  it.each([
    ["Linked To: EXAMPLE TRADING S.A.", "Linked To: EXAMPLE TRADING S.A."],
    ["Linked To: EXAMPLE, S.A. DE C.V.", "Linked To: EXAMPLE, S.A. DE C.V."],
    ["Linked To: EXAMPLE CO., LTD.", "Linked To: EXAMPLE CO., LTD"],
    ["Linked To: EXAMPLE GROUP.", "Linked To: EXAMPLE GROUP"],
    [
      "Organization Type: Other business support service activities n.e.c.",
      "Organization Type: Other business support service activities n.e.c.",
    ],
    ["POB Washington, D.C.", "POB Washington, D.C."],
    ["POB Moscow, Russia.", "POB Moscow, Russia"],
    ["Website www.example.ir.", "Website www.example.ir"],
    ["Tax ID No. 12.345.", "Tax ID No. 12.345"],
    ["Gender Male.", "Gender Male"],
  ])("takes only the exporter's final dot away: %s", (remarks, text) => {
    expect(splitRemarks(remarks).map((segment) => segment.text)).toEqual([text]);
  });
});
