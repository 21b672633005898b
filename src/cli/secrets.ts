/** Variables with one underscore that hold no secret. */
const PLAIN: ReadonlySet<string> = new Set([
  "OFAC_LEDGER_NOW",
  "OFAC_LEDGER_LOG",
  "OFAC_LEDGER_DKIM_KEY_FILE",
]);

/** Shorter ones are words that occur anyway. */
const SHORTEST = 6;

const ADDRESS = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;

/**
 * A text as it may stand in a log that others read: without the values of the secrets in the environment and without
 * mail addresses. No message is meant to hold either; this is for the one that does by mistake.
 */
export function withoutSecrets(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  let clean = text;
  for (const secret of secretsOf(environment)) clean = clean.replaceAll(secret, "[secret]");
  return clean.includes("@") ? clean.replace(ADDRESS, "[address]") : clean;
}

/** Longest first, so that no part of a secret is left because another one lies in it. */
function secretsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  const values = Object.entries(environment)
    .filter(
      ([name]) => name.startsWith("OFAC_LEDGER_") && !name.startsWith("OFAC_LEDGER__") && !PLAIN.has(name),
    )
    .flatMap(([name, value = ""]) =>
      name === DOCUMENT ? insideDocument(value) : [value.trim(), ...value.split(/[\s,]+/)],
    );
  const long = values.filter((value) => value.length >= SHORTEST);
  return [...new Set(long)].sort((a, b) => b.length - a.length);
}

/** The subscriptions: a JSON document, in which only hooks' addresses and signing secrets are secret by themselves. */
const DOCUMENT = "OFAC_LEDGER_SUBSCRIPTIONS";

function insideDocument(text: string): string[] {
  const secrets = [...text.matchAll(/"secret"\s*:\s*"([^"]+)"/g)].map(([, secret = ""]) => secret);
  return [text.trim(), ...secrets, ...(text.match(/https?:\/\/[^"\s\\]+/g) ?? [])];
}
