import type { Server } from "node:http";
import { UsageError } from "../domain/index.ts";

/** Reads `--port`. */
export function portOf(text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError("bad-port", `--port: expected a number from 0 to 65535, found "${text}".`);
}

/** Listens on the loopback address alone. @returns the URL */
export function listen(server: Server, port: number): Promise<string> {
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
export function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      server.close(() => resolve());
      server.closeIdleConnections();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
}
