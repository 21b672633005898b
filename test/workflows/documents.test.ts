import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { ROOT } from "./runner/files.ts";
import { CHANGE_WORDS } from "./words.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const CONTRIBUTING = read(".github/CONTRIBUTING.md");
const SECURITY = read(".github/SECURITY.md");
const PACKAGES = read(".github/decisions/0002-packages.md");

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest: Manifest = JSON.parse(read("package.json"));

/** Links of a Markdown file to files that there are not. */
function brokenLinks(path: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !existsSync(join(ROOT, normalize(join(path, "..", link)))));
}

/** Identifiers in backticks that stand right after a link to a file, or before one (`X` of [`file`](…)). */
function namesPromised(text: string): [string, string][] {
  const pattern = /`(\w+)`(?: and `(\w+)`)?(?: of| in) \[`[^`]+`\]\(\.\.\/([^)]+\.ts)\)/g;
  return [...text.matchAll(pattern)].flatMap(([, one, two, file = ""]) =>
    [one, two].flatMap((name): [string, string][] => (name === undefined ? [] : [[name, file]])),
  );
}

/** Packages of a table's first column that have a reason in its last. */
function justified(text: string): Set<string> {
  const rows = [...text.matchAll(/^\| (?!package \||---)(.+?) \| (?:.+ \| )?(.{10,}) \|$/gm)];
  return new Set(
    rows.flatMap(([, names = ""]) => names.split(", ").map((name) => name.replace(/ \d+$/, ""))),
  );
}

describe("CONTRIBUTING", () => {
  it("names files that there are, and what they hold", () => {
    expect(brokenLinks(".github/CONTRIBUTING.md", CONTRIBUTING)).toEqual([]);
    expect(brokenLinks("README.md", read("README.md"))).toEqual([]);
    expect(brokenLinks(".github/CONTRIBUTING.md", "see [x](../src/gone.ts)")).toEqual(["../src/gone.ts"]);
    const promised = namesPromised(CONTRIBUTING);
    expect(promised.length).toBeGreaterThan(3);
    for (const [name, file] of promised)
      expect(read(file), `${name} in ${file}`).toMatch(new RegExp(`\\b${name}\\b`));
    for (const name of ["fieldRule", "partyRule", "eventRule"])
      expect(read("src/judge/rule.ts")).toContain(`function ${name}`);
  });

  it("says how to add a rule as it is done: a file, a row, a folder, a line of the page", () => {
    const [example = ""] = /rules\/(\w+)\.ts/.exec(CONTRIBUTING.split("Take [")[1] ?? "")?.slice(1) ?? [];
    expect(read("src/judge/rules/index.ts")).toContain(`"./${example}.ts"`);
    expect(readdirSync(join(ROOT, "test/judge/cases", example)).sort()).toEqual([
      "after.json",
      "before.json",
      "expected.json",
    ]);
    expect(read(".github/RULES.md")).toContain(`\`${example}\``);
    expect(read("src/judge/rules/index.ts")).toContain("JUDGE_VERSION");
  });

  it("has a word for everything that is told", () => {
    const table = CONTRIBUTING.split("## Words")[1]?.split("\n## ")[0] ?? "";
    for (const word of CHANGE_WORDS) expect(table, word).toMatch(new RegExp(`\\b${word}\\b`));
  });
});

describe("SECURITY", () => {
  it("answers who could forge, suppress and read, what stops them and what does not", () => {
    for (const question of ["forge a change", "suppress one", "read subscribers"]) {
      const section = SECURITY.split(`### Who could ${question}`)[1]?.split("\n### ")[0] ?? "";
      expect(section, question).toContain("| who | how | what stops them | what does not |");
      expect(section.match(/^\| .+ \|$/gm)?.length, question).toBeGreaterThan(4);
    }
  });
});

describe("the changelog", async () => {
  const { notesOf }: { notesOf: (tag: string, version: string, changelog: string) => string } = await import(
    pathToFileURL(join(ROOT, ".github/scripts/pack.mjs")).href
  );
  const changelog = read(".github/CHANGELOG.md");

  it("has a section for the version that is going to be released", () => {
    expect(notesOf(`v${manifest.version}`, manifest.version, changelog)).toMatch(/^\S/);
  });

  it("stops a release of another version, or of one that it says nothing of", () => {
    expect(() => notesOf("v9.9.9", manifest.version, changelog)).toThrow("expected the tag");
    expect(() => notesOf("v9.9.9", "9.9.9", changelog)).toThrow('expected a section "## 9.9.9"');
  });
});

describe("the packages", () => {
  const [product = "", development = ""] = PACKAGES.split("Development:");

  it("are all justified, and nothing is justified that is not used", () => {
    const used = Object.keys(manifest.dependencies).sort();
    const bundled = Object.keys(manifest.devDependencies).filter((name) => justified(product).has(name));
    expect([...justified(product)].sort()).toEqual([...used, ...bundled].sort());
    const tools = Object.keys(manifest.devDependencies).filter((name) => !name.startsWith("@types/"));
    expect([...justified(development)]).toEqual(
      expect.arrayContaining(tools.filter((name) => !bundled.includes(name))),
    );
  });

  it("without a reason are found", () => {
    expect([...justified("| a, b 2 | room | because it is needed |\n| c | room | |\n| d |\n")]).toEqual([
      "a",
      "b",
    ]);
  });
});
