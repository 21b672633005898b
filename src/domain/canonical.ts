import { hash } from "node:crypto";
import canonicalizeJson from "canonicalize";

/** `sha256:` and 64 hex digits. */
export type Hash = `sha256:${string}`;

/**
 * RFC 8785 text of a JSON value. `undefined` members are left out as JSON does. Numbers are written as ECMAScript does
 * (RFC 8785 §3.2.2.3); ours are safe integers, which every language reads alike. One that is not finite is refused.
 */
export function canonicalJson(value: unknown): string {
  if (isInOrder(value)) return JSON.stringify(value);
  const text = canonicalizeJson(value);
  if (text === undefined) throw new Error("a value with no JSON form cannot be written");
  return text;
}

/**
 * Whether a value is plain data whose members stand in canonical order already, as everything does that was read from
 * a canonical text. RFC 8785 writes literals as JSON.stringify does, so of such a value both make the same text, and
 * the one built into the engine is ten times as quick. Whatever is unusual is left to the library.
 */
function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !SURROGATE.test(value);
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isInOrder(value[i])) return false;
    return Object.getPrototypeOf(value) === Array.prototype;
  }
  if (!isPlain(value)) return false;
  let last: string | undefined;
  for (const key in value) {
    const member = value[key];
    if (member === undefined) continue;
    if ((last !== undefined && last >= key) || SURROGATE.test(key) || !isInOrder(member)) return false;
    last = key;
  }
  return true;
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Half of a pair may stand alone, which is an error; whole pairs are rare. */
const SURROGATE = /[\ud800-\udfff]/;

/** Lower-case hex SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash("sha256", content, "hex");
}

/** SHA-256 as it stands in records. */
export function sha256(content: string | Uint8Array): Hash {
  return `sha256:${sha256Hex(content)}`;
}

/**
 * Byte-wise order of UTF-16 code units: the one comparator for everything that is sorted. Locale-free, so
 * that two machines agree.
 */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Children in canonical order: by OFAC's uid where there is one (those without come last), then by content.
 */
export function sortChildren<T extends object>(children: Iterable<T>): T[] {
  return [...children]
    .map((child) => ({ child, uid: childUid(child) ?? Number.MAX_SAFE_INTEGER, text: canonicalJson(child) }))
    .sort((a, b) => a.uid - b.uid || compareText(a.text, b.text))
    .map((entry) => entry.child);
}

/** OFAC's uid of a child, where it has one. */
export function childUid(child: object): number | undefined {
  return "uid" in child && typeof child.uid === "number" ? child.uid : undefined;
}
