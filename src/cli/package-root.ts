import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The package's folder: the nearest one above this file with a package.json, in the sources as in the bundle. */
export function packageRoot(): URL {
  let folder = new URL("./", import.meta.url);
  while (!existsSync(new URL("package.json", folder))) {
    const above = new URL("../", folder);
    if (above.href === folder.href) throw new Error("the command line lies in no package");
    folder = above;
  }
  return folder;
}

/** The package's version. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("package.json", packageRoot()), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}

/**
 * The version, and a hash over the code as it is bundled: a site is rendered anew by other code, also where nobody
 * thought of another version. In the sources there is no bundle, and the version has to do.
 */
export function rendererId(root: URL = packageRoot()): string {
  const folder = new URL("dist/chunks/", root);
  if (!existsSync(folder)) return packageVersion();
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) {
    hash.update(`${name}\n`).update(readFileSync(new URL(name, folder)));
  }
  return `${packageVersion()}+${hash.digest("hex").slice(0, 16)}`;
}
