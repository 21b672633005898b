import { createHmac } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CliOptions, type CliResult, runCli } from "../support/cli.ts";
import { DELIVERY_SECRET, sendLedger, subscriptionsOf } from "../support/send-world.ts";
import { type SmtpStandIn, startSmtpStandIn } from "../support/smtp-stand-in.ts";

let folder: string;
let server: SmtpStandIn;
const open: (() => unknown)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ofac-ledger-send-"));
  server = await startSmtpStandIn();
  for (const [path, bytes] of sendLedger().content) put(`snapshots/${path}`, bytes);
  configure({});
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

function configure(mail: Readonly<Record<string, unknown>>): void {
  const config = {
    site: { baseUrl: "https://ledger.test" },
    sources: { userAgent: "a story (+https://sender.test/contact)" },
    mail: {
      transport: "smtp",
      smtpHost: "127.0.0.1",
      smtpPort: server.port,
      tls: "none",
      from: "digests@sender.test",
      subscriptions: "subscriptions.json",
      ...mail,
    },
  };
  put("ofac-ledger.config.json", JSON.stringify(config));
}

function readers(count: number, more: Readonly<Record<string, unknown>> = {}): void {
  const entries = Array.from({ length: count }, (_, at) => ({
    id: `reader-${at}`,
    since: "2023-05-25",
    ...more,
  }));
  put("subscriptions.json", subscriptionsOf(...entries));
}

function cli(
  args: readonly string[],
  now = "2023-05-26T12:00:00Z",
  more: CliOptions = {},
): Promise<CliResult> {
  const env = { OFAC_LEDGER_NOW: now, OFAC_LEDGER_DELIVERY_SECRETS: DELIVERY_SECRET, ...more.env };
  return runCli(args, { cwd: folder, ...more, env });
}

const got = () => server.received.flatMap(({ to }) => to).sort();
const all = (count: number) => Array.from({ length: count }, (_, at) => `reader-${at}@readers.test`).sort();

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 15_000) throw new Error("waited too long");
    await sleep(20);
  }
}

describe("two that send at once", () => {
  it("never share a ledger: the second says so, sends nothing, and the next run has nothing left to do", async () => {
    readers(6);
    server.behave(() => ({ kind: "slow", ms: 1_500 }));
    const first = cli(["send"]);
    await until(() => server.received.length > 0);
    const second = await cli(["send"]);
    expect(second.code).toBe(7);
    expect(second.stderr).toMatch(/send-busy: .*process \d+ on .* is sending\. Nothing was sent/);
    const asJson = await cli(["send", "--json"]);
    expect([asJson.code, JSON.parse(asJson.stdout)]).toEqual([7, { busy: true }]);
    expect((await first).code).toBe(0);
    expect(got()).toEqual(all(6));
    const third = await cli(["send"]);
    expect([third.code, got().length]).toEqual([0, 6]);
  });

  it("started at the very same moment send everything once", async () => {
    readers(5);
    const runs = await Promise.all(Array.from({ length: 4 }, () => cli(["send"])));
    const codes = runs.map(({ code }) => code);
    expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(1);
    expect(codes.every((code) => code === 0 || code === 7)).toBe(true);
    expect(got()).toEqual(all(5));
    const verified = await cli(["verify"]);
    expect(verified.code, verified.stdout).toBe(0);
  });

  it("are no trouble when the first was killed: its lock is taken over at once", async () => {
    readers(4);
    server.behave(() => ({ kind: "slow", ms: 60_000 }));
    let kill = () => {};
    const first = cli(["send"], undefined, { started: (child) => (kill = () => void child.kill("SIGKILL")) });
    await until(() => server.received.length > 0);
    kill();
    await first;
    const before = got();
    server.behave(() => ({ kind: "accept" }));
    const second = await cli(["send", "--json"]);
    expect(second.code).toBe(7);
    const { sent, unknown } = JSON.parse(second.stdout);
    expect(sent.length + unknown.length).toBe(4);
    // Those whose message was on its way are told as unknown; all that did not get it hear now.
    expect(unknown.length).toBeGreaterThanOrEqual(before.length);
    expect(new Set(got()).size).toBe(got().length);
    const asked = await cli(["send", "--resend-unknown"]);
    expect(asked.code).toBe(0);
    expect(new Set(got())).toEqual(new Set(all(4)));
  });

  it("keep the lock out of every repository, and out of what is verified", async () => {
    readers(1);
    server.behave(() => ({ kind: "slow", ms: 1_000 }));
    const sending = cli(["send"]);
    await until(() => server.received.length > 0);
    expect(readFileSync(join(folder, "snapshots/.lock/.gitignore"), "utf8")).toBe("*\n");
    expect((await cli(["verify"])).code).toBe(0);
    expect((await sending).code).toBe(0);
    expect(existsSync(join(folder, "snapshots/.lock"))).toBe(false);
  });
});

describe("a termination signal", () => {
  it("lets what is in flight end, leaves the rest due, and the next run sends it", async () => {
    readers(30);
    configure({ connections: 1 });
    server.behave(() => ({ kind: "slow", ms: 150 }));
    let stop = () => {};
    const first = cli(["send", "--json"], undefined, {
      started: (child) => (stop = () => void child.kill("SIGTERM")),
    });
    await until(() => server.received.length >= 2);
    stop();
    const done = await first;
    expect(done.code).toBe(7);
    const { sent, left, unknown } = JSON.parse(done.stdout);
    expect([unknown, sent.length + left.length]).toEqual([[], 30]);
    expect(left[0]).toMatchObject({ code: "stopped", outcome: "not-attempted" });
    expect(got()).toHaveLength(sent.length);
    server.behave(() => ({ kind: "accept" }));
    expect((await cli(["send"])).code).toBe(0);
    expect(got()).toEqual(all(30));
  });
});

describe("a dry run", () => {
  it("says who would get what and why not, as text and as JSON, without an address, and does nothing", async () => {
    const cuba = { filters: { programs: ["CUBA"] } };
    put(
      "subscriptions.json",
      subscriptionsOf(
        { id: "everything" },
        { id: "cuba", ...cuba },
        { id: "weekly", cadence: { kind: "weekly", weekday: "monday", hour: 8, timeZone: "UTC" } },
        { id: "france", filters: { countries: ["France"] } },
      ),
    );
    const text = await cli(["send", "--dry-run"]);
    expect(text.code).toBe(0);
    expect(text.stdout.split("\n")).toEqual([
      "would send sdn-20230525 to subscription cuba",
      "would send sdn-20230523 to subscription everything",
      "would send sdn-20230525 to subscription everything",
      "would send sdn-20230523 to subscription france (filters left open: countries not-stated of 4)",
      "not due for subscription cuba: filtered-out (sdn-20230523)",
      "not due for subscription france: filtered-out (sdn-20230525)",
      "not due for subscription weekly: waits-for-slot until 2023-05-29T08:00:00Z (sdn-20230523, sdn-20230525)",
      "dry run: 4 would be sent, nothing was",
      "",
    ]);
    const json = JSON.parse((await cli(["send", "--dry-run", "--json"])).stdout);
    expect(json.wouldSend[0]).toEqual({
      subscription: "cuba",
      channel: "mail",
      kind: "digest",
      publications: [{ id: "sdn-20230525", parties: 2, openFilters: [] }],
    });
    expect(json.notDue).toHaveLength(3);
    expect(json.notDue[2]).toMatchObject({ reason: "waits-for-slot", until: "2023-05-29T08:00:00Z" });
    expect(text.stdout + JSON.stringify(json)).not.toContain("readers.test");
    expect(existsSync(join(folder, "snapshots/deliveries"))).toBe(false);
    expect(existsSync(join(folder, "snapshots/.lock"))).toBe(false);
    expect(server.connections).toBe(0);
  });
});

describe("an address", () => {
  it("is nowhere but in the mail: not in the ledger, the notes, the output", async () => {
    readers(3);
    server.behave((to) =>
      to.startsWith("reader-1")
        ? { kind: "reply", code: 550, at: "rcpt", text: `5.1.1 <${to}>` }
        : { kind: "accept" },
    );
    const done = await cli(["send"]);
    expect(done.code).toBe(7);
    expect(done.stdout).toContain(
      "not sent to subscription reader-1: failed-permanent (smtp-550-5.1.1-rcpt)",
    );
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "subscriptions.json")
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(files.length).toBeGreaterThan(10);
    expect(files.join("\n") + done.stdout + done.stderr).not.toContain("readers.test");
  });
});

describe("hooks over real HTTP", () => {
  it("are signed, follow no redirect, and are tried again in a later run", async () => {
    const posts: { headers: IncomingHttpHeaders; body: string; url: string }[] = [];
    let status = 307;
    const hooks = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      request.on("end", () => {
        posts.push({ headers: request.headers, body, url: request.url ?? "" });
        response.writeHead(status, status === 307 ? { location: "/elsewhere" } : {}).end("thanks");
      });
    });
    await new Promise<void>((resolve) => hooks.listen(0, "127.0.0.1", resolve));
    open.push(() => hooks.close());
    const address = hooks.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    put(
      "subscriptions.json",
      subscriptionsOf({
        id: "hook",
        channel: "webhook",
        address: `http://127.0.0.1:${port}/in`,
        since: "2023-05-25",
      }),
    );
    const secret = "a shared secret of webhooks, composed for a story";
    const run = (now: string, ...args: string[]) =>
      cli(["send", ...args], now, { env: { OFAC_LEDGER_WEBHOOK_SECRET: secret } });
    const moved = await run("2023-05-26T12:00:00Z");
    expect([moved.code, moved.stdout]).toEqual([7, expect.stringContaining("failed-permanent (http-307)")]);
    status = 500;
    expect((await run("2023-05-26T12:30:00Z", "--try-again", "hook")).stdout).toContain(
      "failed-temporary (http-500)",
    );
    status = 200;
    expect((await run("2023-05-26T12:35:00Z")).stdout).toContain("mail: 0 sent, 0 not sent");
    expect((await run("2023-05-26T13:30:00Z")).stdout).toContain("sent sdn-20230525 to subscription hook");
    expect(posts.map(({ url }) => url)).toEqual(["/in", "/in", "/in"]);
    expect(new Set(posts.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const last = posts.at(-1);
    const signed = `${last?.headers["webhook-id"]}.${last?.headers["webhook-timestamp"]}.${last?.body}`;
    expect(last?.headers["webhook-signature"]).toBe(
      `v1,${createHmac("sha256", secret).update(signed).digest("base64")}`,
    );
    expect(last?.headers["user-agent"]).toBe("a story (+https://sender.test/contact)");
  });
});

describe("subscriptions from a URL", () => {
  it("are asked for with the token; a refusal shows neither token nor path", async () => {
    const asked: (string | undefined)[] = [];
    const host = createServer((request, response) => {
      asked.push(request.headers.authorization);
      const allowed = request.headers.authorization === "Bearer a-secret-token";
      response
        .writeHead(allowed ? 200 : 403)
        .end(allowed ? subscriptionsOf({ id: "ada", since: "2023-05-25" }) : "");
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    open.push(() => host.close());
    const address = host.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    configure({ subscriptions: `http://127.0.0.1:${port}/secret-path` });
    const refused = await cli(["send"], undefined, {
      env: { OFAC_LEDGER_SUBSCRIPTIONS_TOKEN: "wrong-token" },
    });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/found status 403/);
    expect(refused.stderr).not.toMatch(/wrong-token|secret-path/);
    const sent = await cli(["send"], undefined, {
      env: { OFAC_LEDGER_SUBSCRIPTIONS_TOKEN: "a-secret-token" },
    });
    expect([sent.code, got()]).toEqual([0, ["ada@readers.test"]]);
    expect(asked).toEqual(["Bearer wrong-token", "Bearer a-secret-token"]);
  });
});

describe("an unsubscribe token", () => {
  it("names its subscription, and a forged one nobody", async () => {
    readers(1);
    configure({ unsubscribeUrl: "https://sender.test/leave/{token}", oneClick: true });
    await cli(["send"]);
    const mail = server.received[0]?.bytes.toString("latin1").replace(/\r\n[ \t]+/g, " ") ?? "";
    const token = /List-Unsubscribe: <https:\/\/sender\.test\/leave\/([\w.-]+)>/.exec(mail)?.[1] ?? "";
    const named = await cli(["unsubscribe", token]);
    expect([named.code, named.stdout]).toEqual([0, "reader-0\n"]);
    const forged = await cli(["unsubscribe", `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`]);
    expect([forged.code, forged.stdout]).toEqual([2, ""]);
  });
});

describe("doctor", () => {
  it("exits with 7 for the mail server, 2 for settings, 0 when all is well, and says so as JSON", async () => {
    readers(2);
    const well = await cli(["doctor"]);
    expect([well.code, well.stdout]).toEqual([
      0,
      expect.stringMatching(/^ok {10}smtp: 127\.0\.0\.1:\d+: no TLS, without a login, nothing sent$/m),
    ]);
    configure({ tls: "starttls" });
    const noTls = await cli(["doctor", "--json"]);
    expect(noTls.code).toBe(7);
    expect(JSON.parse(noTls.stdout)).toMatchObject({
      exitCode: 7,
      findings: expect.arrayContaining([
        expect.objectContaining({ check: "smtp", state: "fault", exitCode: 7 }),
      ]),
    });
    configure({ subscriptions: "no-such-file.json" });
    expect((await cli(["doctor"])).code).toBe(2);
    expect(server.received).toEqual([]);
  });
});
