// Bundles the command line (one small chunk per command, dependencies left outside), the client that others import
// (with its types), and the pages' scripts.
import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, renameSync, rmSync } from "node:fs";
import { rolldown } from "rolldown";

const TSC = "node_modules/typescript/bin/tsc";
const cli = await rolldown({
  input: { "cli/main": "src/cli/main.ts" },
  external: /^(?![./])/,
  platform: "node",
  treeshake: { moduleSideEffects: false },
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
  chmodSync(`${next}/cli/main.js`, 0o755);
  rmSync("dist", { recursive: true, force: true });
  renameSync(next, "dist");
} finally {
  rmSync(next, { recursive: true, force: true });
}
