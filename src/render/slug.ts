import { sha256Hex } from "../domain/index.ts";

/** Windows keeps these names for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/u;

/**
 * A name as part of an address: lower-case letters, digits, dots and hyphens. Where that loses something (case,
 * spaces, other signs) eight hex digits of the name's hash keep two names apart.
 */
export function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const upper = plain.toUpperCase();
  if (plain !== "" && !RESERVED.test(plain) && (name === upper || name === plain)) return plain;
  return `${plain}-${sha256Hex(name).slice(0, 8)}`.replace(/^-/u, "");
}
