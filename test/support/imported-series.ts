import { readdirSync } from "node:fs";
import { join } from "node:path";
import { importFiles } from "../../src/app/import.ts";
import { SILENT } from "../../src/app/progress.ts";
import { memoryFiles } from "./crashing-files.ts";
import { csvSeriesFolder } from "./csv-series.ts";

/** The whole real CSV series as a ledger in memory: one baseline and 307 publications. Some 40 s of one core. */
export async function importedSeries(): Promise<ReturnType<typeof memoryFiles>> {
  const folder = csvSeriesFolder();
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith(".CSV"))
    .map((name) => join(folder, name));
  const files = memoryFiles();
  await importFiles(
    files,
    { paths, segment: "csv", list: "sdn", provenance: "third-party capture", judge: {} },
    SILENT,
  );
  return files;
}
