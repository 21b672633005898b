// Makes a fresh clone ready: the right Node, the locked packages, the built command line.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const [major = 0, minor = 0, patch = 0] = process.versions.node.split(".").map(Number);
if (major * 1e6 + minor * 1e3 + patch < 20_018_001) {
  console.error(
    `Expected Node 20.18.1 or later, found ${process.versions.node}. Install a newer Node and try again.`,
  );
  process.exit(2);
}

const lock = "node_modules/.package-lock.json";
if (!existsSync(lock) || statSync(lock).mtimeMs < statSync("package-lock.json").mtimeMs) {
  run("installing the locked packages", "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}
run("building the command line", process.execPath, ["build.mjs"]);
for (const project of process.argv.slice(2)) {
  run(`compiling (${project})`, process.execPath, ["node_modules/typescript/bin/tsc", "-p", project]);
}

function run(what, command, args) {
  console.error(`${what} …`);
  const done = spawnSync(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) {
    console.error(`${what}: failed (${command} ${args.join(" ")}).`);
    process.exit(done.status ?? 1);
  }
}
