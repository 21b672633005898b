import { SourceError } from "../domain/index.ts";
import { CutBody } from "./body.ts";

/** What more is known about a failed fetch than its message says. */
export interface FailureFacts {
  /** Host that failed, with its port where that is not the usual one. */
  readonly host: string;
  readonly status: number | null;
  /** Whether another attempt in the same look may help. */
  readonly again: boolean;
  /** Milliseconds the source asked us to wait before coming back. */
  readonly retryAfterMs: number | null;
}

/**
 * A source could not be reached, refused us, or answered as it should not (exit 3). Codes: `unreachable`,
 * `timeout`, `cut`, `blocked`, `throttled`, `link-expired`, `http-status`, `redirect-loop`, `bad-answer`,
 * `stopped`.
 */
export class FetchError extends SourceError {
  readonly facts: FailureFacts;
  constructor(code: string, message: string, facts: FailureFacts, options?: ErrorOptions) {
    super(code, message, options);
    this.facts = facts;
  }
}

const TIMEOUTS: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: "no connection",
  UND_ERR_HEADERS_TIMEOUT: "no answer",
  UND_ERR_BODY_TIMEOUT: "the answer stopped",
};

/** Codes of Node and undici for a connection that broke after it stood. */
const CUTS: ReadonlySet<string> = new Set([
  "UND_ERR_SOCKET",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  "ECONNRESET",
  "EPIPE",
]);

/** Codes of Node for a host that cannot be reached at all. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "ETIMEDOUT",
  "ECONNABORTED",
]);

/** What a network error of Node or undici means; undefined when it is none (then it is a bug, or already ours). */
export function networkFailure(cause: unknown, host: string, allowedMs: number): FetchError | undefined {
  const code = errorCode(cause);
  const failed = (name: string, message: string, again = true) =>
    new FetchError(name, message, { host, status: null, again, retryAfterMs: null }, { cause });

  const silence = TIMEOUTS[code];
  if (silence !== undefined) return failed("timeout", `${host}: ${silence} within the time allowed`);
  if (cause instanceof Error && cause.name === "TimeoutError")
    return failed("timeout", `${host}: not finished after ${allowedMs / 1000} s, the time allowed`);
  if (cause instanceof Error && cause.name === "AbortError")
    return failed("stopped", `${host}: stopped before the answer was complete`, false);
  if (cause instanceof CutBody || CUTS.has(code))
    return failed("cut", `${host}: the connection broke before the answer was complete`);
  if (UNREACHABLE.has(code)) return failed("unreachable", `${host} could not be reached (${code})`);
  if (isTlsCode(code)) return failed("unreachable", `${host}: no secure connection (${code})`, false);
  // undici gives its parser's errors a code only where llhttp has one.
  if (cause instanceof Error && (cause.name === "HTTPParserError" || code === "UND_ERR_HEADERS_OVERFLOW"))
    return failed("bad-answer", `${host}: the answer is not readable as HTTP`);
  if (cause instanceof Error && "syscall" in cause)
    return failed("unreachable", `${host}: the network failed (${code})`);
  return undefined;
}

function errorCode(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return errorCode(cause.errors[0]);
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
}

function isTlsCode(code: string): boolean {
  return /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO)/.test(code);
}

/** What an answer that is neither success, redirect nor "not modified" means. */
export function statusFailure(answer: {
  readonly status: number;
  readonly host: string;
  /** True when a redirect led to the host that answered. */
  readonly redirected: boolean;
  /** The beginning of the body. */
  readonly text: string;
  readonly retryAfterMs: number | null;
}): FetchError {
  const { status, host, retryAfterMs } = answer;
  const failed = (code: string, message: string, again: boolean) =>
    new FetchError(code, message, { host, status, again, retryAfterMs });

  if (status === 403 && answer.redirected && /request has expired/i.test(answer.text))
    return failed("link-expired", `${host}: the download link had expired (403)`, true);
  if (status === 401 || status === 403 || status === 451) {
    const advice =
      "check that the User-Agent in the settings names this installation and a contact, and wait";
    return failed("blocked", `${host} refuses us (${status}); ${advice}`, false);
  }
  if (status === 429) return failed("throttled", `${host} asks us to come less often (429)`, true);
  const again = status === 408 || status === 425 || status >= 500;
  return failed("http-status", `${host}: expected status 200, found ${status}`, again);
}

/** The same address twice, or more redirects than a document can need. */
export function redirectLoop(host: string, hops: number): FetchError {
  const message = `${host}: ${hops} redirects without a document`;
  return new FetchError("redirect-loop", message, { host, status: null, again: false, retryAfterMs: null });
}

/** The error a look ends with: what happened last, and how often it was tried. */
export function giveUp(error: FetchError, asked: string, attempts: number): FetchError {
  const { retryAfterMs } = error.facts;
  const times = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  const wait = retryAfterMs === null ? "" : `, not to be asked again for ${Math.ceil(retryAfterMs / 1000)} s`;
  const message = `${error.message}. Asked for ${asked}, ${times}${wait}. Nothing was changed; try again later.`;
  return new FetchError(error.code, message, error.facts, { cause: error.cause });
}
