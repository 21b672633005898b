const CONTROLS = "\u0000-\u0008\u000b\u000c\u000e-\u001f";

/** What no XML 1.0 document may hold (section 2.2), as far as UTF-16 code units show it. */
export const ILLEGAL_CHARACTER = new RegExp(`[${CONTROLS}\ufffe\uffff]`);

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([A-Za-z_][\w.-]*));|&/g;

const PREDEFINED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Text with its references replaced: the five names of XML itself and character numbers. Any other name would
 * need a document type, which is refused, so it is an error. Line ends become LF (XML 1.0, section 2.11).
 *
 * @param fail told what was found instead of a known reference; must throw.
 */
export function decodeReferences(text: string, fail: (found: string) => never): string {
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  if (!lines.includes("&")) return lines;
  return lines.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      return Object.hasOwn(PREDEFINED, name) ? (PREDEFINED[name] ?? "") : fail(`the unknown entity ${whole}`);
    }
    if (decimal === undefined && hex === undefined) return fail("an & that begins no reference");
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return isXmlCharacter(code) ? String.fromCodePoint(code) : fail(`the forbidden character ${whole}`);
  });
}

function isXmlCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
