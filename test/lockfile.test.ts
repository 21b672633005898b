import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const path = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const { packages } = JSON.parse(readFileSync(path, "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** Where node looks for a dependency of a package, nearest first. */
function places(owner: string, name: string): string[] {
  const folders = owner.split("/node_modules/");
  const above = folders.map((_, i) => folders.slice(0, folders.length - i).join("/node_modules/"));
  return [...above.filter((folder) => folder !== ""), ""].map(
    (folder) => `${folder === "" ? "" : `${folder}/`}node_modules/${name}`,
  );
}

// `npm ci` refuses a lock that was written where some platforms' binaries could not be had.
it("locks the optional packages of every platform, not only of the one it was written on", () => {
  const missing = Object.entries(packages).flatMap(([owner, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => places(owner, name).every((place) => packages[place] === undefined))
      .map((name) => `${owner} needs ${name}`),
  );
  expect(missing).toEqual([]);
});
