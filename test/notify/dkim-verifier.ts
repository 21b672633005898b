import { createHash, createVerify } from "node:crypto";

/**
 * Checks the DKIM signature of a message, written from RFC 6376 §3.4 and §3.7 alone: relaxed/relaxed,
 * rsa-sha256, no `l=`. Gives the names of the signed headers, or throws with what does not hold.
 */
export function verifyDkim(message: Buffer, publicKey: string): readonly string[] {
  const split = message.indexOf("\r\n\r\n");
  const headers = message
    .subarray(0, split)
    .toString("latin1")
    .split(/\r\n(?![ \t])/);
  const signature = headers.find((header) => /^dkim-signature:/i.test(header));
  if (signature === undefined) throw new Error("no signature");
  const tags = new Map(
    signature
      .slice(signature.indexOf(":") + 1)
      .split(";")
      .map((tag): [string, string] => [
        tag.slice(0, tag.indexOf("=")).trim(),
        tag.slice(tag.indexOf("=") + 1).replace(/\s+/g, ""),
      ]),
  );
  if (tags.get("a") !== "rsa-sha256" || tags.get("c") !== "relaxed/relaxed")
    throw new Error("another algorithm");
  const body = relaxedBody(message.subarray(split + 4));
  const bodyHash = createHash("sha256").update(body).digest("base64");
  if (bodyHash !== tags.get("bh")) throw new Error("the body hash differs");
  const names = (tags.get("h") ?? "").split(":");
  const unused = [...headers];
  const lines = names.flatMap((name) => {
    const at = unused.findLastIndex((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? [] : [`${relaxedHeader(unused.splice(at, 1)[0] ?? "")}\r\n`];
  });
  const own = relaxedHeader(signature.replace(/([;\s]b=)[^;]*/, "$1"));
  const verifier = createVerify("RSA-SHA256").update(Buffer.from(lines.join("") + own, "latin1"));
  if (!verifier.verify(publicKey, tags.get("b") ?? "", "base64")) throw new Error("the signature differs");
  return names.map((name) => name.toLowerCase());
}

function relaxedHeader(header: string): string {
  const colon = header.indexOf(":");
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim();
  return `${header.slice(0, colon).toLowerCase().trimEnd()}:${value}`;
}

function relaxedBody(body: Buffer): Buffer {
  const lines = body.toString("latin1").split("\r\n");
  const relaxed = lines.map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (relaxed.at(-1) === "") relaxed.pop();
  return Buffer.from(relaxed.length === 0 ? "" : `${relaxed.join("\r\n")}\r\n`, "latin1");
}
