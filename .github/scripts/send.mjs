// Sends the digests that are due. Intents are pushed before a batch is handed over, results after it: a crash between
// leaves "unknown", never "unsent".
// First it notes when the pages were deployed, for the latency ledger.
// Environment: TOKEN (push), OFAC_LEDGER_SUBSCRIPTIONS and the other secrets of mail. Outputs: status.
import { fileURLToPath } from "node:url";
import { facts, ledgerCommand, output, plan, stop, timed, writeFacts } from "./runner.mjs";

const { deployedAt, evidenceBranch, resendUnknown, tryAgain } = plan();
if (deployedAt !== "" && evidenceBranch !== null)
  ledgerCommand(["mark", "deployed", "--at", deployedAt, "--quiet"], { stdout: "ignore" });
const durable = fileURLToPath(new URL("push-deliveries.mjs", import.meta.url));
const env = { TOKEN: process.env["TOKEN"] ?? "" };
const args = [
  ...["send", "--json", "--durable-by", durable],
  ...(resendUnknown ? ["--resend-unknown"] : []),
  ...tryAgain.flatMap((id) => ["--try-again", id]),
];
const { status, stdout } = timed("send", () => ledgerCommand(args, { env }));
if (![0, 7].includes(status)) stop(`send ended with exit code ${status}`, status);
const report = facts(stdout, {});
// No addresses: subscriptions go by their ids.
for (const kind of ["failed", "left", "unknown"]) {
  for (const one of report[kind] ?? [])
    console.log(`${kind}: subscription ${one.subscription} (${one.code})`);
}
writeFacts("send.json", { status, ...report });
output("status", status);
