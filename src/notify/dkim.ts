import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { UsageError } from "../domain/index.ts";
import type { DkimSettings } from "./envelope.ts";

const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/;

/**
 * Checks that a DKIM key can sign what receivers accept: RSA of 1,024 bits or more (RFC 8301 §3.2).
 * @throws UsageError `dkim`
 */
export function checkDkim(settings: DkimSettings): void {
  if (!LABEL.test(settings.domain) || !LABEL.test(settings.selector)) {
    throw new UsageError(
      "dkim",
      "expected a DKIM domain and selector made of letters, digits, dots and hyphens: correct the configuration",
    );
  }
  privateKey(settings);
}

/** Where the public key belongs in the DNS, and what must stand there (RFC 6376 §3.6). */
export function dkimRecord(settings: DkimSettings): { name: string; value: string } {
  return {
    name: `${settings.selector}._domainkey.${settings.domain}`,
    value: `v=DKIM1; k=rsa; p=${publicKey(settings)}`,
  };
}

/**
 * What is wrong with a TXT record for our key: nothing when the list is empty. Tags are read as RFC 6376 §3.2
 * says; tags we do not know are left alone, as every receiver does.
 */
export function dkimRecordFaults(txt: string, settings: DkimSettings): readonly string[] {
  const entries = txt
    .split(";")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "")
    .map((tag) => [tag.split("=")[0]?.trim() ?? "", tag.slice(tag.indexOf("=") + 1).trim()] as const);
  const tags = new Map(entries);
  const faults: string[] = [];
  if (tags.size !== entries.length) faults.push("expected each tag once, found one twice");
  if (tags.has("v") && (tags.get("v") !== "DKIM1" || entries[0]?.[0] !== "v")) {
    faults.push("expected v=DKIM1 as the first tag");
  }
  if ((tags.get("k") ?? "rsa") !== "rsa") faults.push(`expected k=rsa, found k=${tags.get("k")}`);
  const hashes = tags.get("h")?.split(":") ?? ["sha256"];
  if (!hashes.some((hash) => hash.trim() === "sha256")) faults.push("expected sha256 among the hashes in h=");
  const services = tags.get("s")?.split(":") ?? ["*"];
  if (!services.some((one) => ["*", "email"].includes(one.trim()))) faults.push("expected s=* or s=email");
  const found = tags.get("p")?.replace(/\s+/g, "");
  if (found === undefined) faults.push("expected a public key in p=, found none");
  else if (found === "") faults.push("expected a public key in p=, found it empty: the key is revoked");
  else if (found !== publicKey(settings))
    faults.push("expected the public key of our private key, found another");
  return faults;
}

function publicKey(settings: DkimSettings): string {
  return createPublicKey(privateKey(settings)).export({ type: "spki", format: "der" }).toString("base64");
}

function privateKey(settings: DkimSettings): KeyObject {
  const key = decoded(settings.privateKey);
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key === undefined || key.asymmetricKeyType !== "rsa" || bits < 1024) {
    throw new UsageError(
      "dkim",
      `expected an RSA private key of 1,024 bits or more in PEM for DKIM selector ${settings.selector}, found ${key === undefined ? "no key" : `${key.asymmetricKeyType ?? "another kind"}${bits === 0 ? "" : ` of ${bits} bits`}`}: make one with "openssl genrsa 2048"`,
    );
  }
  return key;
}

/** The error is left out: it may quote the key. */
function decoded(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
