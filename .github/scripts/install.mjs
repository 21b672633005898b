// Makes the command line ready in the action's own checkout: the locked packages, then the build. Install scripts of
// packages do not run: none is needed, and one that came with a stolen package would run beside the token.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ROOT, stop, timed } from "./runner.mjs";

const root = fileURLToPath(ROOT);
if (existsSync(fileURLToPath(new URL("dist/cli/main.js", ROOT)))) {
  console.log("the command line is built already");
} else {
  timed("install", () => npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
  timed("build of the tool", () => npm("run", "--silent", "build"));
}

function npm(...args) {
  const done = spawnSync("npm", args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (done.status !== 0)
    stop(`npm ${args[0]} in ${root}: expected exit code 0, found ${done.status ?? done.signal}`);
}
