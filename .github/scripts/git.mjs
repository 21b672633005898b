// git as the scripts need it: one identity for what the ledger commits, and the repository's token only for the calls
// that talk to the remote.
import { spawnSync } from "node:child_process";

const IDENTITY = { name: "ofac-ledger", email: "ofac-ledger@users.noreply.github.com" };

/** Runs git and gives back what came of it. */
export function run(args, options = {}) {
  const { TOKEN: _, ...env } = process.env;
  const done = spawnSync("git", args, {
    encoding: "utf8",
    ...options,
    env: { ...env, ...identity(), ...options.env },
    maxBuffer: 1 << 28,
  });
  if (done.error !== undefined) throw done.error;
  return done;
}

/** Runs git and gives back its output. @throws Error with git's own words when it fails */
export function git(...args) {
  return expectDone(args, run(args));
}

export function expectDone(args, done) {
  if (done.status !== 0)
    throw new Error(`git ${args[0]} ended with ${done.status}:\n${done.stdout}${done.stderr}`);
  return done.stdout.trim();
}

/** Runs git against the remote: with the token where the checkout has kept none (`persist-credentials: false`). */
export function remote(...args) {
  return run(args, { env: credentials() });
}

/** The branch that is checked out. A commit that is on no branch would be lost with the runner. */
export function branch() {
  const done = run(["symbolic-ref", "--short", "--quiet", "HEAD"]);
  if (done.status !== 0) {
    throw new Error(
      "expected a branch to be checked out, found a commit by itself. Check out the branch that holds the ledger " +
        "(actions/checkout with the name of the branch as `ref`).",
    );
  }
  return done.stdout.trim();
}

function identity() {
  const env = process.env;
  return {
    GIT_AUTHOR_NAME: env["GIT_AUTHOR_NAME"] ?? IDENTITY.name,
    GIT_AUTHOR_EMAIL: env["GIT_AUTHOR_EMAIL"] ?? IDENTITY.email,
    GIT_COMMITTER_NAME: env["GIT_COMMITTER_NAME"] ?? IDENTITY.name,
    GIT_COMMITTER_EMAIL: env["GIT_COMMITTER_EMAIL"] ?? IDENTITY.email,
    GIT_TERMINAL_PROMPT: "0",
  };
}

/** As configuration in git's environment: never in an argument, where other processes could read it, nor in a file. */
function credentials() {
  const token = process.env["TOKEN"] ?? "";
  const url = run(["remote", "get-url", "origin"]).stdout.trim();
  if (token === "" || !url.startsWith("https://")) return {};
  if (run(["config", "--get-regexp", "^http\\..*\\.extraheader$"]).stdout.trim() !== "") return {};
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
  };
}
