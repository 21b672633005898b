import type { ConfigFile } from "../app/index.ts";
import { SourceError, UsageError } from "../domain/index.ts";
import { readText } from "./read-file.ts";

/** Longest document, in bytes: a hundred thousand subscriptions have some thirty million. */
const LIMIT = 100_000_000;
const PATIENCE_MS = 60_000;

/**
 * The subscriptions document: from the environment, from a file, or from an https URL with a token. Null when
 * nobody has subscribed. Neither the URL's path nor the token is ever shown.
 * @throws UsageError `no-subscriptions`, SourceError `subscriptions-unreachable`
 */
export async function readSubscriptionsText(config: ConfigFile): Promise<string | null> {
  const inline = process.env["OFAC_LEDGER_SUBSCRIPTIONS"];
  if (inline !== undefined && inline !== "") return inline;
  const place = config.mail?.subscriptions;
  if (place === undefined) return null;
  if (/^https?:\/\//.test(place)) return fetchText(place);
  return readText(place, "mail.subscriptions", "no-subscriptions");
}

async function fetchText(place: string): Promise<string> {
  const url = URL.canParse(place) ? new URL(place) : undefined;
  const loopback = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url === undefined || (url.protocol !== "https:" && !loopback)) {
    throw new UsageError(
      "no-subscriptions",
      "mail.subscriptions: expected a file or an https URL, found another one. Correct the configuration.",
    );
  }
  const token = process.env["OFAC_LEDGER_SUBSCRIPTIONS_TOKEN"];
  try {
    const response = await fetch(url, {
      headers: {
        accept: "application/json",
        ...(token === undefined || token === "" ? {} : { authorization: `Bearer ${token}` }),
      },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status !== 200) throw unreachable(url, `status ${response.status}`);
    if (Number(response.headers.get("content-length") ?? 0) > LIMIT) {
      throw unreachable(url, `more than ${LIMIT} bytes`);
    }
    return await response.text();
  } catch (error) {
    if (error instanceof SourceError) throw error;
    // The cause is left out: it may quote the URL.
    throw unreachable(url, "no answer");
  }
}

function unreachable(url: URL, found: string): SourceError {
  return new SourceError(
    "subscriptions-unreachable",
    `mail.subscriptions: expected the subscriptions from ${url.host} with status 200, found ${found}. Nothing was ` +
      "sent; check the address and OFAC_LEDGER_SUBSCRIPTIONS_TOKEN.",
  );
}
