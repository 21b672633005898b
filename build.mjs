// Bundles the command line: one small chunk per command, dependencies left outside.
import { chmodSync, rmSync } from "node:fs";
import { rolldown } from "rolldown";

rmSync("dist", { recursive: true, force: true });
const bundle = await rolldown({
  input: { "cli/main": "src/cli/main.ts" },
  external: /^(?![./])/,
  platform: "node",
  treeshake: { moduleSideEffects: false },
});
await bundle.write({ dir: "dist", format: "esm", chunkFileNames: "chunks/[name]-[hash].js" });
await bundle.close();
chmodSync("dist/cli/main.js", 0o755);
