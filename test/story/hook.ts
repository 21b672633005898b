import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody's webhook, which keeps what is posted to it. */
export interface Hook {
  readonly url: string;
  readonly posts: readonly unknown[];
  close(): Promise<void>;
}

export async function startHook(): Promise<Hook> {
  const posts: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      posts.push(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alarms`,
    posts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
