import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface StandInIssue {
  readonly number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  state_reason: string | null;
  readonly user: { readonly login: string };
  readonly labels: readonly { readonly name: string }[];
  readonly comments_: string[];
  readonly pull_request?: object;
}

export interface StandInRelease {
  readonly tag_name: string;
  readonly target_commitish: string;
  readonly name: string;
  readonly body: string;
  readonly make_latest: string;
}

/** A loopback server that speaks as GitHub's REST API does, as far as the scripts ask. */
export interface GithubStandIn {
  /** What a runner sets. */
  readonly env: Readonly<Record<"TOKEN" | "GITHUB_API_URL" | "GITHUB_REPOSITORY", string>>;
  readonly issues: StandInIssue[];
  readonly releases: StandInRelease[];
  /** Method and path of every request. */
  readonly requests: string[];
  /** Somebody else opens an issue. */
  opened(login: string, title: string, body: string | null, more?: Partial<StandInIssue>): void;
  /** The next request is answered so, once. */
  fail(status: number, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

const TOKEN = "stand-in-token";
const REPOSITORY = "example/ledger";
const BOT = "github-actions[bot]";

type Answer = { readonly status: number; readonly body: unknown; readonly link?: string };

export async function startGithub(): Promise<GithubStandIn> {
  const issues: StandInIssue[] = [];
  const releases: StandInRelease[] = [];
  const requests: string[] = [];
  const failures: { status: number; headers: Readonly<Record<string, string>> }[] = [];
  let base = "";

  const opened: GithubStandIn["opened"] = (login, title, body, more = {}) => {
    const number = issues.length + 1;
    issues.push({
      number,
      title,
      body,
      state: "open",
      state_reason: null,
      user: { login },
      labels: [],
      comments_: [],
      ...more,
    });
  };

  function answer(method: string, url: URL, body: Record<string, unknown>): Answer {
    const root = `/repos/${REPOSITORY}/`;
    if (!url.pathname.startsWith(root)) return { status: 404, body: { message: "Not Found" } };
    const [what, id, sub] = url.pathname.slice(root.length).split("/");
    if (what === "issues" && id === undefined && method === "GET") return page(url);
    if (what === "issues" && id === undefined && method === "POST") {
      const title = body["title"];
      if (typeof title !== "string" || title === "" || title.length > 256) return invalid("title");
      const labels = Array.isArray(body["labels"])
        ? body["labels"].map((name) => ({ name: String(name) }))
        : [];
      opened(BOT, title, String(body["body"]), { labels });
      return { status: 201, body: issues.at(-1) };
    }
    const issue = issues.find(({ number }) => number === Number(id));
    if (what === "issues" && issue !== undefined && sub === "comments" && method === "POST") {
      issue.comments_.push(String(body["body"]));
      return { status: 201, body: {} };
    }
    if (what === "issues" && issue !== undefined && sub === undefined && method === "PATCH") {
      Object.assign(issue, body);
      return { status: 200, body: issue };
    }
    if (what === "releases" && id === "tags" && method === "GET") {
      const release = releases.find((one) => one.tag_name === sub);
      return release === undefined
        ? { status: 404, body: { message: "Not Found" } }
        : { status: 200, body: release };
    }
    if (what === "releases" && id === undefined && method === "POST") {
      if (releases.some((one) => one.tag_name === body["tag_name"])) return invalid("tag_name");
      const text = (member: string) => String(body[member]);
      releases.push({
        tag_name: text("tag_name"),
        target_commitish: text("target_commitish"),
        name: text("name"),
        body: text("body"),
        make_latest: text("make_latest"),
      });
      return { status: 201, body: releases.at(-1) };
    }
    return { status: 404, body: { message: "Not Found" } };
  }

  function page(url: URL): Answer {
    const state = url.searchParams.get("state") ?? "open";
    const size = Math.min(Number(url.searchParams.get("per_page") ?? "30"), 100);
    const number = Number(url.searchParams.get("page") ?? "1");
    const found = issues.filter((issue) => state === "all" || issue.state === state);
    const next = new URL(url);
    next.searchParams.set("page", String(number + 1));
    const more = number * size < found.length;
    return {
      status: 200,
      body: found.slice((number - 1) * size, number * size),
      ...(more ? { link: `<${next.href}>; rel="next", <${url.href}>; rel="first"` } : {}),
    };
  }

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", base);
    requests.push(`${request.method} ${url.pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
      response.end(JSON.stringify(body));
    };
    const failure = failures.shift();
    if (failure !== undefined) return send(failure.status, { message: "as told" }, failure.headers);
    const { headers } = request;
    if ((headers["user-agent"] ?? "") === "") return send(403, { message: "User-Agent header required" });
    if (headers.authorization !== `Bearer ${TOKEN}`) return send(401, { message: "Bad credentials" });
    if (headers["x-github-api-version"] !== "2022-11-28") return send(400, { message: "no such version" });
    const text = Buffer.concat(chunks).toString("utf8");
    const { status, body, link } = answer(request.method ?? "GET", url, text === "" ? {} : JSON.parse(text));
    send(status, body, link === undefined ? {} : { link });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port}`;
  return {
    env: { TOKEN, GITHUB_API_URL: base, GITHUB_REPOSITORY: REPOSITORY },
    issues,
    releases,
    requests,
    opened,
    fail: (status, headers = {}) => failures.push({ status, headers }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function invalid(field: string): Answer {
  return { status: 422, body: { message: "Validation Failed", errors: [{ field, code: "invalid" }] } };
}
