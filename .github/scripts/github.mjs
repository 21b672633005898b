// GitHub's REST API as far as these scripts need it (docs.github.com/en/rest: issues, releases). No client library: the
// fetch of Node does, and nothing else then runs beside the token.

const TRIES = 3;
const LONGEST_WAIT_S = 60;
const PAGES = 20;

/** The API of the repository that the job runs in. @throws Error naming the variable that is missing */
export function openRepository(env = process.env) {
  const need = (name) => {
    const value = env[name] ?? "";
    if (value === "") throw new Error(`expected ${name} in the environment, found nothing`);
    return value;
  };
  const token = need("TOKEN");
  const base = new URL(`${(env["GITHUB_API_URL"] ?? "https://api.github.com").replace(/\/+$/, "")}/`);
  const repository = need("GITHUB_REPOSITORY");
  if (!/^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/.test(repository))
    throw new Error(`expected owner/name as GITHUB_REPOSITORY, found ${repository}`);
  const root = new URL(`repos/${repository}/`, base);
  return {
    get: (path) => ask("GET", new URL(path, root), token),
    post: (path, body) => ask("POST", new URL(path, root), token, body),
    patch: (path, body) => ask("PATCH", new URL(path, root), token, body),
    all: (path) => allPages(new URL(path, root), token),
  };
}

/** Follows `Link: rel="next"`, on the same host only. */
async function allPages(url, token) {
  const found = [];
  let next = url;
  for (let page = 0; next !== undefined; page += 1) {
    if (page === PAGES) throw new Error(`${url.pathname}: expected at most ${PAGES} pages, found more`);
    const answer = await ask("GET", next, token);
    found.push(...answer.body);
    const link = /<([^>]+)>;\s*rel="next"/.exec(answer.link ?? "")?.[1];
    next = link === undefined ? undefined : new URL(link);
    if (next !== undefined && next.origin !== url.origin)
      throw new Error(`expected the next page on ${url.origin}, found ${next.origin}`);
  }
  return found;
}

/** 404 is an answer; everything else that is no success is an error, after the waits that GitHub asks for. */
async function ask(method, url, token, body) {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      method,
      redirect: "error",
      signal: AbortSignal.timeout(30_000),
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "ofac-ledger",
        "x-github-api-version": "2022-11-28",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok || response.status === 404) {
      return { status: response.status, body: parsed(text), link: response.headers.get("link") };
    }
    const wait = waitBefore(response, attempt);
    if (attempt === TRIES || wait === undefined)
      throw new Error(
        `${method} ${url.pathname}: expected success, found ${response.status}: ${text.slice(0, 300)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Milliseconds until a request may be made again; undefined when that would not help, or take too long. */
function waitBefore({ status, headers }, attempt) {
  if (status >= 500) return attempt * 300;
  if (status !== 429 && !(status === 403 && headers.has("retry-after"))) return undefined;
  const seconds = Number(headers.get("retry-after") ?? "1");
  return seconds <= LONGEST_WAIT_S ? seconds * 1000 : undefined;
}
