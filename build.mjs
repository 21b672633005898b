// Bundles the command line (one small chunk per command, dependencies left outside), the client that others import
// (with its types), and the pages' scripts.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const SCHEMAS = join("src", "app", "schema");
const TSC = "node_modules/typescript/bin/tsc";
// typebox is 700 small files, and no command needs more than a few of them: it is taken in, all else is left outside.
const external = (id) => !/^(?:[./]|typebox(?:\/|$))/.test(id);
const cli = await rolldown({
  input: { "cli/main": "src/cli/main.ts" },
  external,
  platform: "node",
  treeshake: { moduleSideEffects: false },
  plugins: [checksMadeAhead(await checkModules())],
});
const client = await rolldown({ input: "src/client/index.ts", platform: "neutral" });
// Each page loads one script from its own origin, so what a script uses is bundled with it.
const scripts = readdirSync("src/render/client", { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => entry.name.replace(/\.ts$/, ""));
const bundles = await Promise.all(
  scripts.map(async (name) => ({
    name,
    bundle: await rolldown({ input: `src/render/client/${name}.ts`, platform: "browser" }),
  })),
);
// Beside the old one first: a build that fails leaves what was there.
const next = `dist.${process.pid}`;
try {
  await cli.write({ dir: next, format: "esm", chunkFileNames: "chunks/[name]-[hash].js" });
  await client.write({ file: `${next}/client/index.js`, format: "esm" });
  await client.close();
  const types = spawnSync(
    process.execPath,
    [TSC, "-p", "tsconfig.client.json", "--outDir", `${next}/client/types`],
    {
      stdio: "inherit",
    },
  );
  if (types.status !== 0) throw new Error("the client's types could not be written");
  for (const { name, bundle } of bundles) {
    await bundle.write({ file: `${next}/assets/${name}.js`, format: "esm", minify: true });
    await bundle.close();
  }
  await cli.close();
  copyFileSync("node_modules/typebox/license", `${next}/cli/typebox.LICENSE`);
  chmodSync(`${next}/cli/main.js`, 0o755);
  rmSync("dist", { recursive: true, force: true });
  renameSync(next, "dist");
} finally {
  rmSync(next, { recursive: true, force: true });
}

/** Puts each module of checks in the place of the one that makes them when it is loaded. */
function checksMadeAhead(modules) {
  return {
    name: "checks-made-ahead",
    load: (id) => {
      const code = dirname(id).endsWith(SCHEMAS) ? modules.get(basename(id, ".ts")) : undefined;
      return code === undefined ? null : { code, moduleType: "js" };
    },
  };
}

/** The checks of every schema as code, so that no start has to make them. */
async function checkModules() {
  const generator = await rolldown({
    input: "src/app/schema/generate.ts",
    external: /^(?![./])/,
    platform: "node",
    treeshake: { moduleSideEffects: false },
  });
  // Here, and not in the folder for temporary files, because it has to find typebox.
  const file = `.checks.${process.pid}.mjs`;
  try {
    const { output } = await generator.generate({ format: "esm", codeSplitting: false });
    writeFileSync(file, output[0].code);
    const { generatedModules } = await import(pathToFileURL(file).href);
    return generatedModules();
  } finally {
    await generator.close();
    rmSync(file, { force: true });
  }
}
