import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../support/project-root.ts";

const CHUNKS = join(PROJECT_ROOT, "dist", "chunks");

/** What a chunk loads before its first line runs: packages and builtins by name, chunks by theirs. */
function loadedBy(first: string, read: (chunk: string) => string): Set<string> {
  const found = new Set<string>();
  const open = [first];
  for (let chunk = open.pop(); chunk !== undefined; chunk = open.pop()) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    for (const [, from = ""] of read(chunk).matchAll(
      /^(?:import|export)\b(?:[^;"]*\bfrom )?\s*"([^"]+)";/gm,
    )) {
      if (from.startsWith("./")) open.push(from.slice(2));
      else found.add(from);
    }
  }
  return found;
}

const chunkText = (chunk: string) => readFileSync(join(CHUNKS, chunk), "utf8");

/** The chunk of the module with a command, as the program loads it. */
function chunkOf(module: string): string {
  const main = readFileSync(join(PROJECT_ROOT, "dist", "cli", "main.js"), "utf8");
  const [, entry = ""] = /import\("\.\.\/chunks\/(program-[\w-]{8}\.js)"\)/.exec(main) ?? [];
  for (const program of loadedBy(entry, chunkText)) {
    if (!program.startsWith("program-")) continue;
    const [, chunk] =
      new RegExp(`import\\("\\./(${module}-[\\w-]{8}\\.js)"\\)`).exec(chunkText(program)) ?? [];
    if (chunk !== undefined) return chunk;
  }
  throw new Error(`no chunk of ${module}`);
}

/** What only some of a command's runs need, and all would wait for. */
const DEAR = ["cheerio", "fast-xml-parser", "yauzl", "undici", "diff", "handlebars", "juice", "nodemailer"];

/** What makes checks of schemas; what the checks made ahead call is a few functions of typebox. */
const MAKER = /^\/\/ node_modules\/typebox\/build\/(?:schema|compile|value|type)\//m;

describe("before the first line of a command runs", () => {
  it.each(["watch", "diff", "import", "status", "history"])(
    "%s has loaded no package that only some of its runs need, and no maker of checks",
    (module) => {
      const loaded = [...loadedBy(chunkOf(module), chunkText)];
      expect(loaded.length).toBeGreaterThan(10);
      expect(loaded.filter((name) => DEAR.includes(name.split("/")[0] ?? ""))).toEqual([]);
      const own = loaded.filter((name) => name.endsWith(".js"));
      for (const chunk of own) expect(chunkText(chunk), chunk).not.toMatch(MAKER);
    },
  );

  it("watch, which mostly finds nothing new, has loaded neither readers of lists nor the judge", () => {
    const loaded = [...loadedBy(chunkOf("watch"), chunkText)].filter((name) => name.endsWith(".js"));
    const text = loaded.map(chunkText).join("\n");
    expect(text).toContain("\n// src/app/update.ts\n");
    for (const part of [
      "parse/xml-list",
      "judge/judge",
      "diff/party",
      "reconcile/reconcile",
      "app/schema/guard",
    ])
      expect(text).not.toContain(`\n// src/${part}.ts\n`);
  });

  it("nothing that is imported escapes the count", () => {
    const chunks: Readonly<Record<string, string>> = {
      "a.js": 'import { b } from "./b.js";\nimport "cheerio/slim";\nconst c = () => import("./c.js");\n',
      "b.js":
        'export { d } from "undici";\nimport {\n  x,\n} from "yauzl";\nimport * as fs from "node:fs";\n',
      "c.js": 'import "diff";\n',
    };
    const loaded = loadedBy("a.js", (chunk) => chunks[chunk] ?? "");
    expect("x\n// node_modules/typebox/build/schema/compile.mjs\n").toMatch(MAKER);
    expect([...loaded].sort()).toEqual(["a.js", "b.js", "cheerio/slim", "node:fs", "undici", "yauzl"]);
  });
});
