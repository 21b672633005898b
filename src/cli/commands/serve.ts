import { existsSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../../domain/index.ts";
import { type CommonOptions, openContext } from "../context.ts";
import { listen, portOf, stopped } from "../loopback.ts";
import { previewServer } from "../preview.ts";
import { withCommon } from "../program.ts";

interface ServeFlags extends CommonOptions {
  readonly out: string;
  readonly port: string;
}

export function registerServe(program: Command, done: (code: number) => void): void {
  withCommon(program.command("serve"))
    .description("preview the built site on this machine")
    .option("--out <dir>", "folder of the site", "public")
    .option("--port <number>", "port on the loopback address; 0: any that is free", "8080")
    .action(async (flags: ServeFlags) => {
      const { output } = await openContext(flags);
      const port = portOf(flags.port);
      if (!existsSync(`${flags.out}/index.html`)) {
        throw new UsageError(
          "no-site",
          `--out: expected a built site, found no index.html in ${flags.out}. Run "ofac-ledger build" first.`,
        );
      }
      const server = previewServer(flags.out);
      const url = await listen(server, port);
      output.line(`${url} shows ${flags.out}; Ctrl-C stops`);
      output.json({ url, out: flags.out });
      await stopped(server);
      done(0);
    });
}
