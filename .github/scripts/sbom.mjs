// The bill of materials (CycloneDX) of what users install, from the lock file.
// usage: node sbom.mjs <file>
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ROOT, stop } from "./runner.mjs";

/**
 * @param root folder with package.json and package-lock.json
 * @returns the document, as npm writes it
 * @throws Error when npm fails, or when a dependency of the package is not in what it wrote
 */
export function billOfMaterials(root) {
  const work = mkdtempSync(join(tmpdir(), "ofac-ledger-sbom-"));
  try {
    return described(root, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** npm (11.19) with `--omit=dev` leaves out what tools use as well, so it is shown a lock without the tools. */
function described(root, work) {
  const read = (name) => JSON.parse(readFileSync(join(root, name), "utf8"));
  const { devDependencies: _, scripts: __, ...manifest } = read("package.json");
  const lock = read("package-lock.json");
  delete lock.packages[""].devDependencies;
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    if (dev === true || devOptional === true) delete lock.packages[path];
  }
  writeFileSync(join(work, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(work, "package-lock.json"), JSON.stringify(lock));
  const args = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx", "--sbom-type=application"];
  const done = spawnSync("npm", args, { cwd: work, encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`npm sbom ended with ${done.status}:\n${done.stderr}`);
  const bill = JSON.parse(done.stdout);
  const known = new Set(
    bill.components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`)),
  );
  const missing = Object.keys(manifest.dependencies).filter((name) => !known.has(name));
  if (missing.length > 0)
    throw new Error(`expected every dependency in the bill of materials, missing ${missing.join(", ")}`);
  return bill;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [file] = process.argv.slice(2);
  if (file === undefined) stop("expected: sbom.mjs <file>", 2);
  try {
    const bill = billOfMaterials(fileURLToPath(ROOT));
    writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
    console.log(`${file}: ${bill.components.length} components`);
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}
