import { keyRing, send, smtpChannel } from "../../src/notify/index.ts";
import { publication, render, SECRET, subscription } from "./composed.ts";
import { fileStore } from "./file-store.ts";

/** One process that sends to many readers; its parent kills it. Arguments: folder, port, readers, run. */
const [folder = "", port = "", readers = "", run = ""] = process.argv.slice(2);
const keys = keyRing([SECRET]);
const channel = smtpChannel(
  {
    from: { name: "OFAC ledger", address: "digests@sender.test" },
    list: { name: "Digests", id: "digests.sender.test" },
    unsubscribe: { mailto: "leave@sender.test" },
  },
  { host: "127.0.0.1", port: Number(port), tls: "none" },
  keys,
);
const report = await send({
  publications: [publication()],
  subscriptions: Array.from({ length: Number(readers) }, (_, at) => subscription(`reader-${at}`)),
  keys,
  now: new Date(Date.parse("2023-05-23T19:00:00Z") + Number(run) * 60_000).toISOString(),
  lookedAt: null,
  render,
  channels: { mail: channel },
  store: await fileStore(folder),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
await channel.close();
process.stdout.write(
  JSON.stringify({
    sent: report.sent.length,
    failed: report.failed.length,
    left: report.left.length,
    unknown: report.unknown.length,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
