// Renders the site. Outputs: out.
import { facts, ledgerCommand, output, plan, stop, timed, writeFacts } from "./runner.mjs";

const { out } = plan();
const { status, stdout } = timed("site", () => ledgerCommand(["build", "--json", "--out", out]));
if (status !== 0) stop(`build ended with exit code ${status}`, status);
writeFacts("site.json", { status, ...facts(stdout, {}) });
output("out", out);
