import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { decodeParty, type ListId, type Party } from "../../src/domain/index.ts";
import { type Interpretation, interpret, type Memory } from "../../src/normalize/index.ts";
import { openList } from "../../src/parse/index.ts";
import { sharedData } from "../support/shared-data.ts";

/** Bytes of a real file, unpacked. */
export function realBytes(path: string): Uint8Array {
  const bytes = readFileSync(path.startsWith("/") ? path : sharedData(path));
  if (path.endsWith(".gz")) return gunzipSync(bytes);
  if (!/\.zip$/i.test(path)) return bytes;
  const [content] = Object.values(unzipSync(bytes));
  if (content === undefined) throw new Error(`${path} holds nothing`);
  return content;
}

/** A real list of one or more files, read into its state. */
export async function readReal(
  list: ListId,
  paths: readonly string[],
  memory?: Memory,
): Promise<Interpretation> {
  const files = paths.map((path) => ({ name: basename(path).replace(/\.gz$/, ""), bytes: realBytes(path) }));
  return interpret(await openList(files), memory === undefined ? { list } : { list, memory });
}

/** Its parties, by uid. */
export function partiesOf(result: Interpretation): Map<number, Party> {
  return new Map([...result.state.parties].map(([uid, line]) => [uid, decodeParty(line)]));
}
