// Loaded into every process of a runner that is to die: strikes all of them at once, at the call that STORY_BLOW names.
// Nothing can catch it, and nothing runs after it, as when a machine goes away.
import { createRequire, syncBuiltinESMExports } from "node:module";

const require = createRequire(import.meta.url);
const childProcess = require("node:child_process");
const fs = require("node:fs");
const net = require("node:net");

const { call, match, nth = 1, when } = JSON.parse(process.env.STORY_BLOW);
const wanted = new RegExp(match);
let seen = 0;

/** The function with the blow before or after its wanted call; `words` says what a call is about. */
function struck(own, words) {
  return function (...args) {
    if (!wanted.test(words(args)) || ++seen !== nth) return own.apply(this, args);
    if (when === "before") strike();
    const result = own.apply(this, args);
    if (result instanceof Promise) return result.finally(strike);
    strike();
    return result;
  };
}

function strike() {
  process.kill(0, "SIGKILL");
  // The signal is on its way; no further effect may come before it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
}

if (call === "run") {
  childProcess.spawnSync = struck(childProcess.spawnSync, ([program, args]) => [program, ...args].join(" "));
} else if (call === "rename") {
  fs.renameSync = struck(fs.renameSync, ([, to]) => String(to));
  fs.promises.rename = struck(fs.promises.rename, ([, to]) => String(to));
} else if (call === "say") {
  net.Socket.prototype.write = struck(net.Socket.prototype.write, ([bytes]) => String(bytes));
} else throw new Error(`expected call to be run, rename or say, found ${call}`);
syncBuiltinESMExports();
