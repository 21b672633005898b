import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import {
  parseEntry,
  parseNotice,
  parsePressRelease,
  parseRecentActions,
  readNotice,
} from "../../src/parse/index.ts";
import { ADDED, H3, noticePage, URL } from "./notice-page.ts";

const ENTRY = "DOE, Jane, Testville, Iran; DOB 01 Jan 1970 (individual) [SDGT].";
/** Milliseconds; what grows with the square of the length takes minutes at these lengths. */
const LIMIT = 15_000;

/** Runs within the limit; gives the code of a refusal, or `read`. */
function outcome(work: () => unknown): string {
  const start = performance.now();
  let result = "read";
  try {
    work();
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    result = error.code;
  }
  expect(performance.now() - start).toBeLessThan(LIMIT);
  return result;
}

const notice = (body: string) => () => readNotice(parseNotice(noticePage({ body }), { url: URL }));

describe("hostile pages", () => {
  it("refuses 20 MB and what nests without end, and says what to do", () => {
    expect(outcome(notice(`<p>${"x".repeat(20_000_000)}</p>`))).toBe("page-too-large");
    expect(outcome(notice("<div>".repeat(20_000)))).toBe("page-too-deep");
    expect(outcome(notice("<b>".repeat(100_000)))).toBe("page-too-deep");
    expect(() => parseNotice("<div>".repeat(20_000), { url: URL })).toThrow(
      /expected at most .* found more .* check the address/,
    );
    expect(outcome(() => parsePressRelease("x".repeat(20_000_000)))).toBe("page-too-large");
    expect(outcome(() => parseRecentActions("<a>".repeat(70_000)))).toBe("page-too-deep");
  });

  it("reads a page nested 10,000 deep without overflowing the stack", () => {
    for (const tag of ["div", "b", "blockquote", "a href='/media/1/download'", "span", "table"]) {
      const name = tag.split(" ")[0] ?? "";
      const body = `${`<${tag}>`.repeat(10_000)}${H3}${ADDED}<p>${ENTRY}</p>${`</${name}>`.repeat(10_000)}`;
      expect(
        outcome(() => {
          const { sections } = parseNotice(noticePage({ body }), { url: URL });
          if (name !== "a") expect(sections.flatMap((s) => s.entries)).toHaveLength(1);
        }),
      ).toBe("read");
    }
  });

  it("takes scripts, styles and comments for no text", () => {
    const { text, sections } = parseNotice(
      noticePage({
        body: `${H3}${ADDED}<script>document.write("[SDGT]")</script><style>p{}</style><!-- EVIL [SDGT]. -->
          <p>${ENTRY}</p><noscript>EVIL [SDGT].</noscript><iframe>EVIL [SDGT].</iframe><svg><text>EVIL [SDGT].</text></svg>`,
      }),
      { url: URL },
    );
    expect(sections.flatMap((s) => s.entries)).toHaveLength(1);
    expect(text).not.toMatch(/EVIL|document\.write|p\{\}/);
  });

  it("gives mark-up that was escaped back as the text it was, for the renderer to escape again", () => {
    const { text } = parseNotice(noticePage({ body: "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" }), {
      url: URL,
    });
    expect(text).toBe("<script>alert(1)</script>");
  });

  const monsters: Record<string, string> = {
    "a huge table": `<table>${`<tr><td>x</td></tr>`.repeat(5_000)}</table>`,
    "unmatched end tags": `${"<div>".repeat(5_000)}${"</i>".repeat(5_000)}`,
    "a line of changes": `${H3}${ADDED}<p>${"A [B]. -to- ".repeat(25_000)}</p>`,
    "a line of entries": `${H3}${ADDED}<p>${"A [SDGT]. ".repeat(25_000)}</p>`,
    "open brackets": `${H3}${ADDED}<p>${"A ( [B] ".repeat(37_500)}</p>`,
    "brackets that close each other": `${H3}${ADDED}<p>${"([)]".repeat(37_500)} [SDGT].</p>`,
    "lines that go on": `${H3}${ADDED}<p>${"A (a.k.a. B;<br>".repeat(5_000)}</p>`,
    "paragraphs that go on": `${H3}${ADDED}${"<p>A [SDGT] (</p><p>)</p>".repeat(5_000)}`,
    "many links and lines": `<p>${"<a href='/media/1/download'>x</a><br>".repeat(5_000)}</p>`,
    "one endless word": `${H3}${ADDED}<p>${"A".repeat(500_000)} [SDGT].</p>`,
    "headings without end": `<h4>${"The following text ".repeat(25_000)}</h4>`,
    "licences without end": `<p>OFAC is issuing ${"General License 8 under ".repeat(12_500)}</p>`,
    "commas without end": `${H3}${ADDED}<p>${"A, ".repeat(125_000)} [SDGT].</p>`,
    "semicolons without end": `${H3}${ADDED}<p>A${"; alt. Passport 1 (Iran)".repeat(12_500)} [SDGT].</p>`,
  };
  for (const [name, body] of Object.entries(monsters)) {
    it(`does not hang on ${name}`, () => {
      expect(["read", "page-too-deep"]).toContain(outcome(notice(body)));
    }, 30_000);
  }

  it("does not hang on hostile press releases", () => {
    for (const text of [
      `---\ntitle: x\n---\n${"**a ".repeat(37_500)}`,
      `---\ntitle: x\n---\n${"[a](".repeat(37_500)}`,
      `---\ntitle: x\n---\n${"sanctioned one ".repeat(25_000)}`,
      `---\ntitle: x\n---\n${"A. ".repeat(125_000)}`,
      `<h1>x</h1><article>${"<p>sanctioned 1 b c d</p>".repeat(5_000)}</article>`,
    ]) {
      expect(outcome(() => parsePressRelease(text))).toBe("read");
    }
  }, 60_000);

  it("reads any line as an entry without throwing", () => {
    for (const line of [
      "",
      ".",
      "(",
      ")",
      "[",
      "]",
      "[]",
      "()",
      "(individual)",
      "; ; ;",
      ", , ,",
      "(a.k.a. )",
      "(a.k.a. ; )",
      "\u0000",
      "A (a.k.a. B) [",
      "-to-",
    ]) {
      const reading = parseEntry(line);
      expect(reading.text).toBe(line);
    }
  });
});
