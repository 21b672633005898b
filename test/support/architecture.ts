import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize, relative } from "node:path";
import { parseSync } from "oxc-parser";

/** What a room may know. Adding a package is a row here and ten lines in `.github/decisions`. */
export const ROOMS: Readonly<
  Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>
> = {
  domain: { rooms: [], packages: ["canonicalize"] },
  sources: { rooms: ["domain"], packages: ["undici", "yauzl"] },
  parse: { rooms: ["domain"], packages: ["fast-xml-parser", "cheerio"] },
  normalize: { rooms: ["domain"], packages: [] },
  ledger: { rooms: ["domain"], packages: [] },
  diff: { rooms: ["domain"], packages: [] },
  judge: { rooms: ["domain"], packages: ["@scure/base", "@noble/hashes"] },
  reconcile: { rooms: ["domain"], packages: [] },
  render: { rooms: ["domain"], packages: ["handlebars", "diff", "juice", "minisearch", "@resvg/resvg-js"] },
  publish: { rooms: ["domain"], packages: [] },
  notify: { rooms: ["domain"], packages: ["nodemailer"] },
  app: {
    rooms: [
      "domain",
      "sources",
      "parse",
      "normalize",
      "ledger",
      "diff",
      "judge",
      "reconcile",
      "render",
      "publish",
      "notify",
    ],
    packages: ["typebox", "fflate", "hyparquet-writer"],
  },
  cli: { rooms: ["app", "domain"], packages: ["commander", "picocolors"] },
  client: { rooms: [], packages: [] },
};

/** The published client runs anywhere: of the domain it knows the types, which leave nothing behind. */
const TYPES_ONLY: Readonly<Record<string, string>> = { client: "domain" };

/** Builtin modules that have effects, and the files that may use them. */
const EFFECTS: Readonly<Record<string, readonly string[]>> = {
  "node:fs": [
    "src/ledger/node-files.ts",
    "src/publish/node-files.ts",
    "src/sources/zip.ts",
    "src/app/files.ts",
    "src/cli/",
  ],
  "node:fs/promises": ["src/sources/packed.ts", "src/publish/node-files.ts", "src/cli/"],
  "node:child_process": ["src/cli/commands/send.ts"],
  "node:http": ["src/cli/"],
};

/** Packages that only one file of their room may use. */
const ONLY_IN: Readonly<Record<string, string>> = { nodemailer: "src/notify/mailer.ts" };

/** Words with an effect that only the outer rooms may say. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\s*\(/, "Date.now()"],
  [/\bnew Date\(\s*\)/, "new Date() without an argument"],
  [/\bMath\.random\b/, "Math.random"],
  [/\bprocess\.env\b/, "process.env"],
  [/\bconsole\./, "console"],
];

/** Runs on the reader's machine, which has a clock: how long ago we looked cannot be said without. */
const IN_THE_BROWSER = "src/render/client/";

/** A line like `src/diff/x.ts: imports …`. */
export type Violation = string;

/** TypeScript files below a folder, relative to `root`, sorted. */
export function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** Everything a file imports or re-exports, by specifier; dynamic imports included. */
export function importsOf(path: string, source: string): string[] {
  const parsed = parseSync(path, source);
  const fixed = [
    ...parsed.module.staticImports.map((found) => found.moduleRequest.value),
    ...parsed.module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) => (entry.moduleRequest === null ? [] : [entry.moduleRequest.value])),
    ),
  ];
  const dynamic = parsed.module.dynamicImports.map((found) =>
    source.slice(found.moduleRequest.start, found.moduleRequest.end).replace(/^["'`]|["'`]$/g, ""),
  );
  return [...new Set([...fixed, ...dynamic])];
}

/** Imports and re-exports of a file of which nothing is left when types are taken away. */
function typeOnlyImportsOf(path: string, source: string): ReadonlySet<string> {
  const parsed = parseSync(path, source);
  const entries = [
    ...parsed.module.staticImports.map((found) => ({
      from: found.moduleRequest.value,
      types: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
    })),
    ...parsed.module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) =>
        entry.moduleRequest === null ? [] : [{ from: entry.moduleRequest.value, types: entry.isType }],
      ),
    ),
  ];
  const values = new Set(entries.filter(({ types }) => !types).map(({ from }) => from));
  const dynamic = parsed.module.dynamicImports.length > 0;
  return new Set(dynamic ? [] : entries.map(({ from }) => from).filter((from) => !values.has(from)));
}

/** What one file does against the rules of the house. */
export function violations(path: string, source: string): Violation[] {
  const room = path.split("/")[1] ?? "";
  const rules = ROOMS[room];
  if (rules === undefined) return [`${path}: lies in no room`];
  const types = TYPES_ONLY[room] === undefined ? new Set<string>() : typeOnlyImportsOf(path, source);
  const allowed = (specifier: string) =>
    types.has(specifier) && specifier.endsWith(`/${TYPES_ONLY[room]}/index.ts`);
  const found = importsOf(path, source)
    .filter((specifier) => !allowed(specifier))
    .flatMap((specifier) => importViolations(path, room, specifier));
  if (room !== "app" && room !== "cli" && !path.startsWith(IN_THE_BROWSER)) {
    const code = withoutComments(source);
    for (const [pattern, name] of FORBIDDEN) if (pattern.test(code)) found.push(`${path}: says ${name}`);
  }
  return found;
}

function importViolations(path: string, room: string, specifier: string): Violation[] {
  if (specifier.startsWith(".")) return roomViolations(path, room, specifier);
  if (builtinModules.includes(specifier.replace(/^node:/, ""))) {
    if (!specifier.startsWith("node:")) return [`${path}: imports ${specifier} without node:`];
    const allowed = EFFECTS[specifier];
    const fine = allowed === undefined || allowed.some((place) => path.startsWith(place));
    return fine ? [] : [`${path}: imports ${specifier}`];
  }
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (!(ROOMS[room]?.packages.includes(name) ?? false)) return [`${path}: room ${room} may not use ${name}`];
  const only = ONLY_IN[name];
  return only === undefined || only === path ? [] : [`${path}: only ${only} may use ${name}`];
}

function roomViolations(path: string, room: string, specifier: string): Violation[] {
  const target = normalize(join(dirname(path), specifier));
  const [top, other = "", ...rest] = target.split("/");
  if (top !== "src") return [`${path}: imports ${specifier}, outside of src`];
  if (other === room) return [];
  if (!(ROOMS[room]?.rooms.includes(other) ?? false)) return [`${path}: room ${room} may not know ${other}`];
  return rest.join("/") === "index.ts" ? [] : [`${path}: imports ${specifier}; ${other}'s door is index.ts`];
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

export function readSource(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}
