import type { HookPort } from "../app/index.ts";

/** Longest wait for an answer, in milliseconds: Slack and Teams answer within seconds. */
const PATIENCE_MS = 30_000;

/** Posts over HTTP. Redirects are not followed, and of an answer only the status is read. */
export function httpHooks(userAgent: string, patienceMs: number = PATIENCE_MS): HookPort {
  return {
    async post(url, headers, body) {
      const response = await fetch(url, {
        method: "POST",
        headers: { ...headers, "user-agent": userAgent },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(patienceMs),
      });
      await response.body?.cancel();
      return { status: response.status };
    },
  };
}
