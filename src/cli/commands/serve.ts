import { existsSync } from "node:fs";
import type { Server } from "node:http";
import type { Command } from "commander";
import { UsageError } from "../../domain/index.ts";
import { type CommonOptions, openContext } from "../context.ts";
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

function portOf(text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError("bad-port", `--port: expected a number from 0 to 65535, found "${text}".`);
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      reject(
        new UsageError("port-taken", `--port: cannot listen on ${port} (${cause.message}). Choose another.`, {
          cause,
        }),
      );
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const own = typeof address === "object" && address !== null ? address.port : port;
      resolve(`http://127.0.0.1:${own}/`);
    });
  });
}

/** Until the process is asked to stop; what is being answered then is answered to its end. */
function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      server.close(() => resolve());
      server.closeIdleConnections();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
}
