import { type Dispatcher, request } from "undici";
import { type HostGuard, parseUrl } from "./allow.ts";
import { redirectLoop } from "./failure.ts";
import type { SourceSettings } from "./settings.ts";

/** The answer that no redirect follows. */
export interface Answer {
  /** Where it came from, query and all: never to be shown or kept. */
  readonly url: URL;
  readonly redirected: boolean;
  readonly status: number;
  readonly body: Dispatcher.ResponseData["body"];
  /** A header's value; several joined as RFC 9110 §5.3 says. */
  header(name: string): string | null;
}

/** One question; validators and range go along on every redirect. */
export interface Question {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Told of each host before it is asked, so that a broken connection can be laid at the right door. */
  hop(url: URL): void;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const REDIRECT_BODY_BYTES = 65_536;

/**
 * Asks and follows redirects by hand, so that each target is checked before it is asked: the service answers
 * 302 to a presigned link on another host. Throws what undici throws, `redirect-refused`, `redirect-loop`.
 */
export async function exchange(
  question: Question,
  dispatcher: Dispatcher,
  guard: HostGuard,
  settings: SourceSettings,
): Promise<Answer> {
  const seen = new Set<string>();
  let url = question.url;
  guard.check(url, undefined);
  for (;;) {
    question.hop(url);
    const response = await request(url, {
      method: "GET",
      headers: { ...question.headers, "user-agent": settings.userAgent, "accept-encoding": "identity" },
      dispatcher,
      signal: question.signal,
    });
    const header = (name: string) => joined(response.headers[name]);
    const location = REDIRECTS.has(response.statusCode) ? header("location") : null;
    if (location === null) {
      const redirected = url !== question.url;
      return { url, redirected, status: response.statusCode, body: response.body, header };
    }
    await response.body.dump({ limit: REDIRECT_BODY_BYTES });
    seen.add(url.href);
    const target = parseUrl(location, url, `redirect from ${url.host}`);
    if (seen.has(target.href) || seen.size > settings.maxRedirects) {
      throw redirectLoop(question.url.host, seen.size);
    }
    guard.check(target, url);
    url = target;
  }
}

function joined(value: string | string[] | undefined): string | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(", ") : value;
}
