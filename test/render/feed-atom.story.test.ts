import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { feedsOf, hostileInput } from "../support/hostile-feeds.ts";
import { showcase } from "../support/showcase.ts";

const hasXmllint = spawnSync("xmllint", ["--version"]).status === 0;
if (!hasXmllint) process.stdout.write("xmllint is not installed: Atom is not validated by its grammar.\n");

const GRAMMAR = fileURLToPath(new URL("standards/atom.rng", import.meta.url));

describe.skipIf(!hasXmllint)("Atom by the grammar of RFC 4287", () => {
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-atom-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Names of those that the grammar refuses, and what was said. */
  function validate(documents: readonly (readonly [string, string])[]): { refused: string[]; said: string } {
    const paths = documents.map(([name, text], at) => {
      const path = join(folder, `${at}.xml`);
      writeFileSync(path, text);
      return { name, path };
    });
    const { stderr } = spawnSync(
      "xmllint",
      ["--noout", "--nonet", "--relaxng", GRAMMAR, ...paths.map(({ path }) => path)],
      {
        encoding: "utf8",
        maxBuffer: 1e8,
      },
    );
    const refused = paths
      .filter(({ path }) => !stderr.includes(`${path} validates\n`))
      .map(({ name }) => name);
    return { refused, said: stderr };
  }

  test("every feed and archive, with hostile names, without any, and of an empty ledger", () => {
    const empty = { ...showcase(), records: [], heads: [], context: [], observations: [] };
    const documents = [hostileInput(), showcase(), empty].flatMap((input, n) =>
      [...feedsOf(input)]
        .filter(([path]) => path.endsWith(".atom"))
        .map(([path, text]) => [`${n} ${path}`, text] as const),
    );
    expect(documents.length).toBeGreaterThan(25);
    const { refused, said } = validate(documents);
    expect(refused, said).toEqual([]);
  });

  test("the grammar notices what is wrong", () => {
    const whole = feedsOf(showcase()).get("feed.atom") ?? "";
    const faults: [string, string][] = [
      ["no id", whole.replace(/<entry>\s*<id>[^<]*<\/id>/u, "<entry>")],
      ["two titles", whole.replace("<title>", "<title>twice</title>\n<title>")],
      ["no updated", whole.replace(/<updated>[^<]*<\/updated>/u, "")],
      ["a date that is none", whole.replace(/<updated>[^<]*<\/updated>/u, "<updated>23 May 2023</updated>")],
      [
        "an element of Atom's that there is not",
        whole.replace("<summary>", "<abstract>x</abstract><summary>"),
      ],
      ["a link without an address", whole.replace(/<link rel="self"[^>]*>/u, '<link rel="self"/>')],
      ["an id that is no URI", whole.replace(/<id>[^<]*<\/id>/u, "<id>no uri</id>")],
      ["an author without a name", whole.replace(/<name>[^<]*<\/name>/u, "")],
      ["a control character", whole.replace("<title>", "<title>\u0001")],
      ["markup that was not escaped", whole.replace("</content>", "<br></content>")],
    ];
    for (const [name, text] of faults) expect(text, name).not.toBe(whole);
    expect(validate(faults).refused).toEqual(faults.map(([name]) => name));
  });
});
