import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../src/domain/index.ts";
import { runCli } from "../support/cli.ts";
import { startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { entities, filesBelow, listFiles, run, temporaryFolder } from "./live.ts";

const FIRST = "2023-05-19T14:20:00Z";
const SECOND = "2023-05-23T14:20:00Z";
const QUICK = { gapMs: 0, backoffMs: 0, attempts: 2, connectTimeoutMs: 500 };

interface Place {
  readonly ledger: string;
  readonly config: string;
  command(now: string, ...args: string[]): ReturnType<typeof runCli>;
}

/** A folder with a configuration, and the built command line run in it. */
function place(sources: object): Place {
  const folder = temporaryFolder();
  const config = join(folder, "config.json");
  writeFileSync(config, JSON.stringify({ profile: "legacy", sources: { ...QUICK, ...sources } }));
  const ledger = join(folder, "snapshots");
  return {
    ledger,
    config,
    command: (now, ...args) =>
      runCli([...args, "--ledger", ledger, "--config", config, "--quiet"], {
        cwd: folder,
        env: { OFAC_LEDGER_NOW: now },
      }),
  };
}

/** An address on loopback at which nobody listens any more. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

describe("with the network away, the command line", () => {
  it("ends with exit 3, names the host, says how to try it offline, and writes nothing", async () => {
    const host = await deadAddress();
    const base = `http://${host}`;
    const { ledger, command } = place({
      serviceBase: base,
      treasuryBase: `${base}/ofac/downloads`,
      noticesBase: base,
      pressBase: base,
    });
    const done = await command(FIRST, "run");
    expect(done.code).toBe(EXIT.unreachable);
    expect(done.stdout).toBe("");
    expect(done.stderr).toContain(`${host} could not be reached (ECONNREFUSED)`);
    expect(done.stderr).toContain("There is no ledger yet; no list was changed.");
    expect(done.stderr).toContain("npm run demo");
    expect(existsSync(ledger)).toBe(false);
  });

  it("says what still stands, touches no chain, shows the trouble in its status, and asks nothing in another profile", async () => {
    const ofac = await startOfacStandIn({ now: () => Date.parse(FIRST) });
    const files = listFiles(["2023-05-19", entities(run(101, 8))]);
    ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files });
    const { ledger, config, command } = place(ofac.settings);
    expect((await command(FIRST, "update")).code).toBe(EXIT.done);
    await ofac.close();
    const before = filesBelow(ledger);

    const done = await command(SECOND, "update");
    expect(done.code).toBe(EXIT.unreachable);
    expect(done.stderr).toContain(
      "The ledger stands at sdn-20230519 (8 parties) and consolidated-20230414 (3 parties); no list was changed.",
    );
    const after = filesBelow(ledger);
    for (const [path, bytes] of before) {
      if (!/^(checks|manifest)/.test(path)) expect(after.get(path), path).toBe(bytes);
    }
    expect([...after.keys()].filter((path) => !before.has(path))).toEqual(["checks/commits.json"]);

    const status = await command(SECOND, "status");
    expect(status).toMatchObject({ code: EXIT.done, stderr: "" });
    expect(status.stdout).toContain(`sdn: stale since ${SECOND}; last look ${SECOND}; last answer ${FIRST}`);
    const facts = JSON.parse((await command(SECOND, "status", "--json")).stdout);
    expect(facts.sources[0]).toMatchObject({ state: "stale", failure: { code: "unreachable" } });

    writeFileSync(config, JSON.stringify({ profile: "enhanced", sources: { ...QUICK, ...ofac.settings } }));
    const other = await command(SECOND, "update");
    expect(other.code).toBe(EXIT.usage);
    expect(other.stderr).toContain("profile-mismatch: sdn/live: expected the profile of its chain, legacy");
  });
});
