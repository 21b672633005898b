import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { nodeNoteFolder } from "../../src/cli/note-folder.ts";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-node-files-"));
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

// A relative folder below a working directory that is gone keeps Node's recursive mkdir busy for ever.
it("a folder is the one it was when it was named, wherever the process stands later", () => {
  process.chdir(folder);
  const files = nodeLedgerFiles("ledger");
  const notes = nodeNoteFolder("notes");
  process.chdir(home);
  files.write("a/b.json", new Uint8Array([1]));
  files.rename("a/b.json", "c/d.json");
  notes.append("e/f.ndjson", new Uint8Array([2]));
  expect(existsSync(join(folder, "ledger/c/d.json"))).toBe(true);
  expect(existsSync(join(folder, "notes/e/f.ndjson"))).toBe(true);
  notes.remove("e/f.ndjson");
});
