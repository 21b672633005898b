#!/usr/bin/env node
import { packageVersion } from "./package-root.ts";
import { outliveReaders } from "./pipes.ts";

// Asked for most often by scripts, answered without loading anything.
if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-V")) {
  outliveReaders((error) => {
    process.stderr.write(`error output-lost: ${error.message}\n`);
    process.exitCode = 2;
  });
  process.stdout.write(`${packageVersion()}\n`);
} else {
  const { main } = await import("./program.ts");
  process.exitCode = await main(process.argv.slice(2), packageVersion());
}
