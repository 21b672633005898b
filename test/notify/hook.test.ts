import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Channel,
  type ChannelName,
  type HookPort,
  keyRing,
  type Rendered,
  send,
  slackChannel,
  teamsChannel,
  webhookChannel,
} from "../../src/notify/index.ts";
import { publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const NOW = "2023-05-23T18:45:00Z";
const HOOK_SECRET = "a hook secret composed for tests 123";

interface Posted {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let url: string;
let posted: Posted[];
let answer: number | "drop";
let close: () => void;

beforeEach(async () => {
  posted = [];
  answer = 204;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      posted.push({ headers: request.headers, body });
      if (answer === "drop") request.socket.destroy();
      else response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  url = `http://127.0.0.1:${address.port}/hook/secret-path`;
  close = () => server.close();
});
afterEach(() => close());

const port: HookPort = {
  async post(to, headers, body) {
    const response = await fetch(to, { method: "POST", headers, body, redirect: "manual" });
    return { status: response.status };
  },
};

async function run(
  channel: ChannelName,
  make: Channel,
  rendered: Partial<Rendered> = {},
  store = new MemoryStore(),
  channels: Readonly<Partial<Record<ChannelName, Channel>>> = { [channel]: make },
) {
  return send({
    publications: [publication()],
    subscriptions: [subscription("desk", { channel, address: url, secret: HOOK_SECRET })],
    keys: keyRing([SECRET]),
    now: NOW,
    lookedAt: null,
    render: async (item, links) => ({ ...(await render(item, links)), ...rendered }),
    channels,
    store,
    sleep: async () => {},
  });
}

describe("a webhook", () => {
  it("is signed so that the receiver can check it, and names what it tells", async () => {
    await run("webhook", webhookChannel(port, NOW), { json: { any: "facts" } });
    const [got] = posted;
    const id = String(got?.headers["webhook-id"]);
    const expected = createHmac("sha256", HOOK_SECRET)
      .update(`${id}.1684867500.${got?.body}`)
      .digest("base64");
    expect(got?.headers["webhook-signature"]).toBe(`v1,${expected}`);
    expect(JSON.parse(got?.body ?? "")).toMatchObject({
      formatVersion: "1.0",
      type: "ofac-ledger.digest",
      id,
      publications: [{ id: "sdn-20230523", uids: [1], openFilters: [] }],
      content: { any: "facts" },
    });
  });

  it("keeps its id on another try", async () => {
    await run("webhook", webhookChannel(port, NOW));
    await run("webhook", webhookChannel(port, "2023-05-24T18:45:00Z"));
    expect(new Set(posted.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  const answers: readonly (readonly [number | "drop", string, string])[] = [
    [500, "failed-temporary", "http-500"],
    [429, "failed-temporary", "http-429"],
    [404, "failed-permanent", "http-404"],
    [302, "failed-permanent", "http-302"],
    ["drop", "failed-temporary", "no-answer"],
  ];
  it.each(answers)("answered with %s is %s", async (status, outcome, code) => {
    answer = status;
    const report = await run("webhook", webhookChannel(port, NOW));
    expect(report.failed).toMatchObject([{ outcome, code }]);
    expect(JSON.stringify(report)).not.toContain("secret-path");
  });

  it("that nobody takes is tried again", async () => {
    close();
    expect((await run("webhook", webhookChannel(port, NOW))).failed).toMatchObject([
      { outcome: "failed-temporary" },
    ]);
  });
});

describe("a chat message", () => {
  const hostile = { subject: "<!channel> *A* & B", text: `[link](https://x.test) ${"line\n".repeat(4000)}` };

  it("to Slack mentions nobody and stays short", async () => {
    await run("slack", slackChannel(port), hostile);
    const { text } = JSON.parse(posted[0]?.body ?? "");
    expect(text).toMatch(/^\*&lt;!channel&gt; \*A\* &amp; B\*\n/);
    expect(text.length).toBeLessThan(13_000);
    expect(text).toMatch(/… \d+ more characters$/);
  });

  it("to Teams is a card of plain text", async () => {
    await run("teams", teamsChannel(port), hostile);
    const [subject, text] = JSON.parse(posted[0]?.body ?? "").attachments[0].content.body;
    expect(subject.text).toBe("<\\!channel\\> \\*A\\* & B");
    expect(text.text).toMatch(/^\\\[link\\\]\\\(https:/);
    expect(posted[0]?.body.length).toBeLessThan(28_000);
  });

  it("without an answer stays unknown, since it would be shown twice", async () => {
    answer = "drop";
    const store = new MemoryStore();
    expect((await run("slack", slackChannel(port), {}, store)).unknown).toMatchObject([
      { code: "no-answer" },
    ]);
    answer = 200;
    expect((await run("slack", slackChannel(port), {}, store)).sent).toEqual([]);
    expect(posted).toHaveLength(1);
  });

  it("to nobody listening is tried again", async () => {
    close();
    expect((await run("slack", slackChannel(port))).failed).toMatchObject([{ outcome: "failed-temporary" }]);
  });
});

it("a channel that is not set up leaves its subscriptions due", async () => {
  const report = await run("teams", slackChannel(port), {}, new MemoryStore(), {});
  expect(report.failed).toMatchObject([{ outcome: "failed-temporary", code: "channel-not-configured" }]);
  expect(posted).toEqual([]);
});
