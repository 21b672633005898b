import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./runner/files.ts";

/** What the workflows run of a checkout whose build is lent: jobs are many, and each has a checkout of its own. */
export const WORKFLOW_FILES = /^(?:\.github\/(?:actions|scripts|workflows)\/|templates\/|package\.json$)/;

/** Copies the project as a checkout has it: what git knows or would take, nothing that was installed or built. */
export function copyTool(folder: string, only = /./): string {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = spawnSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26 });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  const wanted = (path: string) =>
    path !== "" && only.test(path) && !path.startsWith("snapshots/") && existsSync(join(ROOT, path));
  for (const path of listed.stdout.split("\0").filter(wanted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path), { force: true });
  }
  return folder;
}

/** Installs and builds nothing: takes what this project has installed and built. */
export function lendBuild(folder: string): void {
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(ROOT, "dist"), join(folder, "dist"));
}
