import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ROOMS, readSource, sourceFiles, violations } from "./support/architecture.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** The same files, found another way than the scan finds them. */
function countedIndependently(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? countedIndependently(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    )
    .filter((path) => path.endsWith(".ts"))
    .sort();
}

describe("the rooms of src", () => {
  const files = sourceFiles(ROOT, "src");

  it("are scanned completely", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files).toEqual(countedIndependently("src"));
  });

  it("know only what they may know", () => {
    expect(files.flatMap((path) => violations(path, readSource(ROOT, path)))).toEqual([]);
  });

  it("are the rooms of the plan, each with one door", () => {
    const rooms = readdirSync(`${ROOT}src`).sort();
    expect(rooms).toEqual(Object.keys(ROOMS).sort());
    for (const room of rooms)
      expect(files, room).toContain(`src/${room}/${room === "cli" ? "main" : "index"}.ts`);
  });

  it("hold no file of more than 300 lines", () => {
    const long = files.filter((path) => readSource(ROOT, path).split("\n").length > 301);
    expect(long).toEqual([]);
  });
});

describe("a planted violation is caught:", () => {
  const planted: readonly (readonly [string, string, string, RegExp])[] = [
    [
      "a room that knows another",
      "src/diff/x.ts",
      'import { a } from "../render/index.ts";',
      /may not know render/,
    ],
    ["a side door", "src/diff/x.ts", 'import type { Party } from "../domain/party.ts";', /door is index/],
    ["a re-export through a side door", "src/app/x.ts", 'export * from "../diff/apply.ts";', /door is index/],
    [
      "a dynamic import",
      "src/diff/x.ts",
      'const a = await import("../ledger/index.ts");',
      /may not know ledger/,
    ],
    ["a foreign package", "src/diff/x.ts", 'import he from "handlebars";', /may not use handlebars/],
    [
      "a package outside its one file",
      "src/notify/x.ts",
      'import m from "nodemailer";',
      /only src\/notify\/mailer/,
    ],
    ["files in a pure room", "src/diff/x.ts", 'import { readFileSync } from "node:fs";', /imports node:fs/],
    ["a child process", "src/app/x.ts", 'import { spawn } from "node:child_process";', /node:child_process/],
    ["the clock", "src/judge/x.ts", "export const t = Date.now();", /Date\.now/],
    ["a date of now", "src/judge/x.ts", "export const t = new Date();", /new Date/],
    ["chance", "src/render/x.ts", "export const r = Math.random();", /Math\.random/],
    ["the environment", "src/notify/x.ts", 'export const k = process.env["KEY"];', /process\.env/],
    ["console", "src/parse/x.ts", 'console.log("x");', /console/],
    [
      "a value of the domain in the client",
      "src/client/x.ts",
      'import { AREAS } from "../domain/index.ts";',
      /may not know domain/,
    ],
    ["a package in the client", "src/client/x.ts", 'import z from "zod";', /may not use zod/],
    ["files in the client", "src/client/x.ts", 'import { readFileSync } from "node:fs";', /imports node:fs/],
    ["a room of its own making", "src/utils/x.ts", "export const x = 1;", /lies in no room/],
  ];
  it.each(planted)("%s", (_, path, source, message) => {
    expect(violations(path, source).join("\n")).toMatch(message);
  });

  it("and an innocent file is not", () => {
    const source =
      'import type { Party } from "../domain/index.ts";\n// Date.now() is not used\nexport type P = Party;\n';
    expect(violations("src/diff/x.ts", source)).toEqual([]);
    expect(violations("src/client/x.ts", source)).toEqual([]);
    const reexport = 'export type { Party } from "../domain/index.ts";';
    expect(violations("src/client/index.ts", reexport)).toEqual([]);
  });
});
