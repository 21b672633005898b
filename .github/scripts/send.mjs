// Sends the digests that are due. Intents are pushed before a batch is handed over, results after it: a crash between
// leaves "unknown", never "unsent".
// Environment: TOKEN (push), OFAC_LEDGER_SUBSCRIPTIONS and the other secrets of mail. Outputs: status.
import { fileURLToPath } from "node:url";
import { facts, ledgerCommand, output, stop, timed, writeFacts } from "./runner.mjs";

const durable = fileURLToPath(new URL("push-deliveries.mjs", import.meta.url));
const env = { TOKEN: process.env["TOKEN"] ?? "" };
const args = ["send", "--json", "--durable-by", durable];
const { status, stdout } = timed("send", () => ledgerCommand(args, { env }));
if (![0, 7].includes(status)) stop(`send ended with exit code ${status}`, status);
writeFacts("send.json", { status, ...facts(stdout, {}) });
output("status", status);
