import { startSmtpStandIn } from "../support/smtp-stand-in.ts";

/** A stand-in in a process of its own, so that its work is not counted as the sender's. Prints its port. */
const server = await startSmtpStandIn();
setInterval(() => server.clear(), 200);
process.stdout.write(String(server.port));
