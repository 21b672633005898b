// Makes the delivery ledger durable outside this machine: `send --durable-by` calls it after each of its writes.
// usage: node push-deliveries.mjs <ledger>
import { commitLedger } from "./commit.mjs";
import { stop } from "./runner.mjs";

const [folder = "snapshots"] = process.argv.slice(2);
try {
  const { outcome, theirs } = commitLedger({ folder, message: "Record deliveries" });
  // What was handed over cannot be taken back, so it is never done again on top of another ledger.
  if (outcome === "again")
    stop(`the ledger moved on to ${theirs} while mail was sent; nothing was pushed`, 75);
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
