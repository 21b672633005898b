// Makes the delivery ledger durable outside this machine: `send --durable-by` calls it after each of its writes.
// usage: node push-deliveries.mjs <ledger>
import { randomUUID } from "node:crypto";
import { commitLedger } from "./commit.mjs";
import { stop } from "./runner.mjs";

const [folder = "snapshots"] = process.argv.slice(2);
try {
  // Two senders of the same second write the same intents, and git makes one commit of them, which both would have
  // pushed. So every commit has a name of its own, and nothing is rebased onto another sender's.
  const message = `Record deliveries\n\nRun: ${randomUUID()}`;
  const { outcome, theirs } = commitLedger({ folder, message, alone: "deliveries" });
  // What was handed over cannot be taken back, so it is never done again on top of another ledger.
  if (outcome === "again")
    stop(`the ledger moved on to ${theirs} while mail was sent; nothing was pushed`, 75);
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
