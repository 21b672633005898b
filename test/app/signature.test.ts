import { generateKeyPairSync, verify as verifyBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSigner, createVerifier, type SignatureFile } from "../../src/app/signature.ts";
import { verifyLedger } from "../../src/app/verify.ts";
import { parseFile } from "../../src/ledger/index.ts";
import { appendDay, COMPOSED_HISTORY, composeLedger } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { blamed, damaged, damages } from "../support/damage.ts";

function keys() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    privatePem: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    publicPem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    privateDer: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
    publicDer: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
  };
}

const ours = keys();
const theirs = keys();
const signer = createSigner(ours.privatePem);
const verifier = createVerifier(ours.publicPem, "--key");
const stranger = createVerifier(theirs.publicPem, "--key");
const silent = () => undefined;
const HEAD = "sdn/live/head.json";

function signedLedger() {
  const files = memoryFiles();
  composeLedger(files, { sign: signer.sign });
  return files;
}

describe("a signed ledger", () => {
  const { content } = signedLedger();
  const verify = (change: Map<string, Uint8Array>, ...by: (typeof verifier)[]) =>
    verifyLedger(memoryFiles(change), silent, by);

  it("has a signature of every head and record that the public key alone can check", () => {
    const signed = [...content.keys()].filter(
      (path) => /\/(head|records\/.*)\.json$/.test(path) || path.endsWith("head.json"),
    );
    expect(signed).toHaveLength(6);
    for (const path of signed) {
      const file = parseFile<SignatureFile>(path, content.get(`signatures/${path}.sig`) ?? new Uint8Array());
      expect(file).toMatchObject({ file: path, algorithm: "ed25519", keyId: verifier.keyId });
      const bytes = content.get(path) ?? new Uint8Array();
      expect(verifyBytes(null, bytes, ours.publicPem, Buffer.from(file.signature, "base64"))).toBe(true);
    }
    const report = verify(content, verifier);
    expect(report.problems).toEqual([]);
    expect(report.signatures).toEqual({ found: 6, valid: 6, otherKey: 0 });
  });

  it("verifies without a key, and with one of several", () => {
    expect(verify(content).signatures).toEqual({ found: 6, valid: 0, otherKey: 6 });
    expect(verify(content, stranger, verifier).ok).toBe(true);
  });

  it("does not verify under another key", () => {
    const { ok, problems } = verify(content, stranger);
    expect(ok).toBe(false);
    expect(problems.map(({ file, code }) => `${code} ${file}`)).toEqual([
      `unsigned ${HEAD}`,
      "unsigned consolidated/live/head.json",
    ]);
  });

  it("does not verify when it was rewritten as a whole, every hash made to fit", () => {
    const forged = memoryFiles();
    composeLedger(forged, { sign: createSigner(theirs.privateDer).sign });
    expect(verify(forged.content).ok).toBe(true);
    expect(verify(forged.content, verifier).problems.map(({ code }) => code)).toEqual([
      "unsigned",
      "unsigned",
    ]);
  });

  it("does not verify with a signature of something else, every hash made to fit", () => {
    const files = memoryFiles();
    composeLedger(files, { sign: (path) => signer.sign(path, new Uint8Array([1])) });
    const { problems } = verify(files.content, verifier);
    expect(problems.map(({ file }) => file)).toContain(`signatures/${HEAD}.sig`);
    expect(problems.every(({ code }) => code === "signature" || code === "unsigned")).toBe(true);
  });

  it("names the damaged file among signatures too", () => {
    for (const damage of damages(content, 30, 4))
      expect(blamed(damaged(content, damage))).toEqual([damage.file]);
    for (const file of content.keys()) {
      if (!file.startsWith("signatures/")) continue;
      expect(blamed(damaged(content, { file, how: "remove", at: 0, value: 0 }))).toEqual([file]);
    }
  });

  it("may begin unsigned: the head's signature covers the records before it", () => {
    const files = memoryFiles();
    const [first, ...later] = COMPOSED_HISTORY;
    if (first === undefined) throw new Error("the history is empty");
    appendDay(files, first);
    for (const day of later) appendDay(files, day, { sign: signer.sign });
    const report = verify(files.content, verifier);
    expect(report.problems).toEqual([]);
    expect(report.signatures).toEqual({ found: 3, valid: 3, otherKey: 0 });
  });
});

describe("a key", () => {
  it("is read as PEM, as PEM on one line, and as base64 of its DER; its id is the same", () => {
    for (const text of [ours.privatePem, ours.privatePem.replaceAll("\n", "\\n"), ours.privateDer]) {
      expect(createSigner(text).keyId).toBe(verifier.keyId);
    }
    expect(createVerifier(ours.publicDer, "--key").keyId).toBe(verifier.keyId);
  });

  it("that is none is refused without being quoted", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
    const texts = ["my secret", rsa.export({ format: "pem", type: "pkcs8" }).toString()];
    for (const text of texts) {
      const message = attempt(() => createSigner(text));
      expect(message).toMatch(/OFAC_LEDGER_SIGNING_KEY: expected an Ed25519 key/);
      expect(message).not.toContain(text.slice(30, 60).trim() || text);
    }
    expect(() => createVerifier("x", "--key k.pem")).toThrow(/--key k\.pem: expected an Ed25519 key/);
  });
});

function attempt(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was thrown";
}
