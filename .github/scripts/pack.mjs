// What a release consists of: the tarball, its bill of materials, their checksums, and the notes.
// usage: node pack.mjs <folder>
// Environment: GITHUB_REF_NAME (the tag), GITHUB_SERVER_URL and GITHUB_REPOSITORY: provenance wants the package to name the
// repository that it is built in, and a fork has another one.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ROOT, stop } from "./runner.mjs";
import { billOfMaterials } from "./sbom.mjs";

/**
 * The notes of a version: its section of the changelog.
 * @throws Error when the tag is not the version of the package, or the changelog has no section for it
 */
export function notesOf(tag, version, changelog) {
  if (tag !== `v${version}`)
    throw new Error(`expected the tag v${version}, as package.json says, found ${tag}`);
  const sections = changelog.split(/^## /m).slice(1);
  const own = sections.find((section) => section.split(/[\s\n]/)[0] === version);
  if (own === undefined)
    throw new Error(`expected a section "## ${version}" in .github/CHANGELOG.md, found none`);
  return own.slice(own.indexOf("\n") + 1).trim();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) stop("expected: pack.mjs <folder>", 2);
  try {
    main(folder);
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}

function main(folder) {
  const root = fileURLToPath(ROOT);
  const need = (name) => process.env[name] ?? stop(`expected ${name} in the environment, found nothing`, 2);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const changelog = readFileSync(join(root, ".github/CHANGELOG.md"), "utf8");
  const notes = notesOf(need("GITHUB_REF_NAME"), version, changelog);
  const repository = `git+${need("GITHUB_SERVER_URL")}/${need("GITHUB_REPOSITORY")}.git`;
  mkdirSync(folder, { recursive: true });
  npm(root, "pkg", "set", "repository.type=git", `repository.url=${repository}`);
  npm(root, "run", "--silent", "build");
  npm(root, "pack", "--ignore-scripts", "--pack-destination", folder);
  writeFileSync(join(folder, "sbom.cdx.json"), `${JSON.stringify(billOfMaterials(root), null, 2)}\n`);
  const sums = readdirSync(folder)
    .sort()
    .map(
      (name) =>
        `${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}  ${name}`,
    );
  writeFileSync(join(folder, "SHA256SUMS"), `${sums.join("\n")}\n`);
  writeFileSync(join(folder, "NOTES.md"), `${notes}\n`);
  console.log(sums.join("\n"));
}

function npm(cwd, ...args) {
  const done = spawnSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "ignore", "inherit"] });
  if (done.status !== 0) throw new Error(`npm ${args[0]} ended with ${done.status}`);
}
