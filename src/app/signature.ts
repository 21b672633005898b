import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from "node:crypto";
import { UsageError } from "../domain/index.ts";

/**
 * A detached signature over the bytes of one file, Ed25519 (RFC 8032). It lies in the collection `signatures`
 * under the path of what it signs, so that chain and heads stay what they are with or without signatures, a
 * missing one shows in the collection's log, and every tool that knows Ed25519 can check it.
 */
export interface SignatureFile {
  readonly formatVersion: string;
  /** The signed file, relative to the ledger's folder. */
  readonly file: string;
  readonly algorithm: "ed25519";
  readonly keyId: string;
  /** Base64 of the 64 bytes. */
  readonly signature: string;
}

/** Signs files with one key. */
export interface Signer {
  readonly keyId: string;
  sign(path: string, bytes: Uint8Array): SignatureFile;
}

/** A public key that signatures are held against. */
export interface Verifier {
  readonly keyId: string;
  verify(signature: SignatureFile, bytes: Uint8Array): boolean;
}

/**
 * A signer from a private Ed25519 key, PEM (PKCS #8) or the base64 of its DER; line ends may be written `\n`.
 * @throws UsageError `bad-signing-key`; the message never quotes the key
 */
export function createSigner(key: string): Signer {
  const privateKey = readKey(key, "OFAC_LEDGER_SIGNING_KEY", (text) =>
    text.includes("-----BEGIN")
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" }),
  );
  const keyId = keyIdOf(createPublicKey(privateKey));
  return {
    keyId,
    sign: (path, bytes) => ({
      formatVersion: "1.0",
      file: path,
      algorithm: "ed25519",
      keyId,
      signature: signBytes(null, bytes, privateKey).toString("base64"),
    }),
  };
}

/**
 * A verifier from a public Ed25519 key, PEM (SPKI) or the base64 of its DER; `where` names it in errors.
 * @throws UsageError `bad-signing-key`
 */
export function createVerifier(key: string, where: string): Verifier {
  const publicKey = readKey(key, where, (text) =>
    text.includes("-----BEGIN")
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" }),
  );
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    verify: (signature, bytes) =>
      signature.keyId === keyId &&
      verifyBytes(null, bytes, publicKey, Buffer.from(signature.signature, "base64")),
  };
}

function readKey(key: string, where: string, read: (text: string) => KeyObject): KeyObject {
  const found = attempt(() => read(key.replaceAll("\\n", "\n").trim()));
  if (found?.asymmetricKeyType === "ed25519") return found;
  throw new UsageError(
    "bad-signing-key",
    `${where}: expected an Ed25519 key as PEM or as the base64 of its DER, found ` +
      `${found === undefined ? "something that is no key" : `a key of type ${found.asymmetricKeyType}`} (not shown ` +
      'here). Make one with "openssl genpkey -algorithm ed25519".',
  );
}

function attempt(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    // The error of the library may quote what it read, which may be a private key.
    return undefined;
  }
}

/** First 64 bits of SHA-256 over the public key's SPKI DER, as hex. */
function keyIdOf(publicKey: KeyObject): string {
  const der = publicKey.export({ format: "der", type: "spki" });
  return createHash("sha256").update(der).digest("hex").slice(0, 16);
}
