import { PublishError } from "../domain/index.ts";

/** What the site keeps of itself; no artifact may take its place. */
export const BUILD_FILE = ".build.json";

/** Names that Windows gives to devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/iu;
// Beside control characters, what Windows forbids in names and what would start another root or stream.
const FORBIDDEN = /[<>:"|?*\\]/u;

/**
 * Refuses a path that could leave the folder, or that some file system reads as another.
 * @throws PublishError (`path-escape`)
 */
export function checkPath(path: string): void {
  const why = objection(path);
  if (why === null) return;
  throw new PublishError(
    "path-escape",
    `Expected a relative path with forward slashes for an artifact, found ${JSON.stringify(path)} (${why}); this is a mistake of the renderer or a planted record id, nothing was written.`,
  );
}

function objection(path: string): string | null {
  if (path === "") return "empty";
  if (path.startsWith("/")) return "absolute";
  if (hasControl(path)) return "control character";
  if (FORBIDDEN.test(path)) return "character that some file systems forbid";
  if (path.normalize("NFC") !== path) return "not in Unicode form NFC";
  for (const part of path.split("/")) {
    if (part === "" || part === "." || part === "..") return "empty or dotted part";
    if (part.endsWith(".") || part.endsWith(" ")) return "part ending in a dot or space";
    if (RESERVED.test(part)) return "name reserved by Windows";
    if (part.length > 200) return "part longer than 200 characters";
    if (part.startsWith(STAGED_PREFIX)) return "name used for staging";
  }
  return path === BUILD_FILE ? "name of the build's own file" : null;
}

const hasControl = (path: string): boolean =>
  [...path].some((character) => character < " " || character === "\u007f");

/** Files beside their targets that are not in place yet begin so. */
export const STAGED_PREFIX = ".staged-";

/** Where the next content of a path waits. */
export function stagedPath(path: string): string {
  const slash = path.lastIndexOf("/") + 1;
  return `${path.slice(0, slash)}${STAGED_PREFIX}${path.slice(slash)}`;
}

/**
 * Refuses two paths that are one on a file system that ignores case, and a file where a folder must be.
 * @throws PublishError (`path-collision`)
 */
export function checkCollisions(paths: readonly string[]): void {
  const files = new Map<string, string>();
  for (const path of paths) {
    const folded = path.toLowerCase();
    const other = files.get(folded);
    if (other !== undefined) collide(other, path);
    files.set(folded, path);
  }
  for (const path of paths) {
    const parts = path.toLowerCase().split("/");
    for (let depth = 1; depth < parts.length; depth += 1) {
      const other = files.get(parts.slice(0, depth).join("/"));
      if (other !== undefined) collide(other, path);
    }
  }
}

function collide(one: string, other: string): never {
  throw new PublishError(
    "path-collision",
    `Expected every artifact in a place of its own, found ${JSON.stringify(one)} and ${JSON.stringify(other)}; nothing was written.`,
  );
}
