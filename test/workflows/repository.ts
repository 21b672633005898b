import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the scripts of the workflows lie. */
export const SCRIPTS = fileURLToPath(new URL("../../.github/scripts", import.meta.url));

/** An environment in which git knows nothing of this machine, and no runner is about. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(GIT_|GITHUB_|RUNNER_|OFAC_LEDGER_)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    NO_COLOR: "1",
    ...more,
  };
}

export function git(cwd: string, ...args: string[]): string {
  const env = plainEnvironment({
    GIT_AUTHOR_NAME: "test",
    GIT_AUTHOR_EMAIL: "test@example.org",
    GIT_COMMITTER_NAME: "test",
    GIT_COMMITTER_EMAIL: "test@example.org",
  });
  const done = spawnSync("git", args, { cwd, encoding: "utf8", env });
  if (done.status !== 0) throw new Error(`git ${args.join(" ")}: ${done.stderr}`);
  return done.stdout.trim();
}

export function write(folder: string, name: string, content: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A bare repository with one commit on `main`. */
export function bareRepository(folder: string, files: Readonly<Record<string, string>>): string {
  const origin = join(folder, "origin.git");
  const seed = join(folder, "seed");
  git(folder, "init", "--quiet", "--bare", "--initial-branch=main", origin);
  git(folder, "clone", "--quiet", origin, seed);
  git(seed, "checkout", "--quiet", "-b", "main");
  for (const [name, content] of Object.entries(files)) write(seed, name, content);
  git(seed, "add", ".");
  git(seed, "commit", "--quiet", "--message", "Begin");
  git(seed, "push", "--quiet", "origin", "main");
  return origin;
}

/** A checkout as a runner has it: the newest commit of a branch, without its history. */
export function checkout(origin: string, folder: string, branch = "main"): string {
  git(dirname(folder), "clone", "--quiet", "--depth=1", `--branch=${branch}`, `file://${origin}`, folder);
  return folder;
}
