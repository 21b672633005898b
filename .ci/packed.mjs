// The package as users get it: what is in the tarball, how large it is, what it installs and how long that takes, and that
// `npx ofac-ledger --help` works on every Node that is supported.
// usage: node .ci/packed.mjs      prints a table; exit code 1 when something is not as it should be
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODES = ["20", "22", "24"];
const MOST_BYTES = 1_000_000;
/** Everything that belongs into the package, and nothing else. */
const WANTED = [
  /^package\.json$/,
  /^(README\.md|LICENSE)$/,
  /^dist\/(cli|chunks|client|assets)\/[\w./-]+\.(js|d\.ts)$/,
  // Of what is bundled and not installed.
  /^dist\/cli\/[\w-]+\.LICENSE$/,
  /^templates\/[\w./-]+\.(hbs|css|svg|txt)$/,
  /^templates\/languages\/[\w-]+\.json$/,
];
const NEEDED = [
  "dist/cli/main.js",
  "dist/client/index.js",
  "templates/site/index.hbs",
  "templates/mail/digest.hbs",
];

const root = fileURLToPath(new URL("../", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "ofac-ledger-packed-"));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const faults = [];

try {
  if (!existsSync(join(root, "dist/cli/main.js"))) npm(["run", "--silent", "build"], root);
  const tarball = pack();
  const seconds = install(tarball);
  console.log(`installed in ${seconds.toFixed(1)} s (npm's cache as it is)`);
  for (const node of NODES) runs(node);
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const fault of faults) console.error(`!! ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

function pack() {
  const [packed] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", work], root));
  const paths = packed.files.map(({ path }) => path);
  const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(
    `${packed.filename}: ${kB(packed.size)} packed, ${kB(packed.unpackedSize)} unpacked, ${paths.length} files`,
  );
  if (packed.size >= MOST_BYTES)
    faults.push(`expected less than ${MOST_BYTES} bytes packed, found ${packed.size}`);
  for (const path of paths.filter((path) => !WANTED.some((wanted) => wanted.test(path))))
    faults.push(`superfluous in the package: ${path}`);
  for (const path of NEEDED.filter((path) => !paths.includes(path)))
    faults.push(`missing in the package: ${path}`);
  return join(work, packed.filename);
}

/** As a user does, into an empty folder; install scripts do not run, since none is needed. */
function install(tarball) {
  writeFileSync(join(work, "package.json"), '{"private":true}\n');
  const begun = performance.now();
  npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", tarball], work);
  const seconds = (performance.now() - begun) / 1000;
  const lock = JSON.parse(readFileSync(join(work, "node_modules/.package-lock.json"), "utf8"));
  const count = Object.keys(lock.packages).length - 1;
  const direct = Object.keys(manifest.dependencies).length;
  console.log(
    `${direct} dependencies, each with its reason in .github/decisions/0002-packages.md; ${count} packages with theirs`,
  );
  return seconds;
}

function runs(node) {
  const binary = npm(
    ["exec", "--yes", `--package=node@${node}`, "--", "node", "-p", "process.execPath"],
    work,
  ).trim();
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env["PATH"]}` };
  const npx = (...args) => spawnSync("npx", ["--no-install", ...args], { cwd: work, encoding: "utf8", env });
  const version = npx("node", "--version").stdout.trim();
  const own = npx("ofac-ledger", "--version");
  const help = npx("ofac-ledger", "--help");
  const good =
    version.startsWith(`v${node}.`) &&
    own.stdout.trim() === manifest.version &&
    help.status === 0 &&
    help.stdout.startsWith("Usage: ofac-ledger");
  console.log(`npx ofac-ledger --help on Node ${version}: ${good ? "works" : "fails"}`);
  if (!good)
    faults.push(
      `Node ${node}: ${[own, help]
        .map(({ stdout, stderr }) => stdout + stderr)
        .join("")
        .slice(0, 800)}`,
    );
}

function npm(args, cwd) {
  const done = spawnSync("npm", args, { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.status !== 0)
    throw new Error(`npm ${args[0]} ended with ${done.status}:\n${done.stdout}${done.stderr}`);
  return done.stdout;
}
