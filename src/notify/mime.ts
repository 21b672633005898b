import { quotedPrintable } from "./quoted-printable.ts";

/** A file that travels with a message. */
export interface MimeAttachment {
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface MimeContent {
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments: readonly MimeAttachment[];
}

/** The body of a message and the headers that describe it. */
export interface MimeBody {
  readonly contentType: string;
  /** Of a body that is one text. */
  readonly transferEncoding?: "quoted-printable";
  /** In pieces; ASCII, lines end with CRLF. */
  readonly body: readonly Uint8Array[];
}

/**
 * Builds a body (RFC 2045, RFC 2046): text, text beside HTML, and attachments after either. Put together here
 * and not by the mail library, whose streams cost more than handing the message over; the same content and
 * seed give the same bytes.
 */
export function mimeBody(content: MimeContent, seed: string): MimeBody {
  const text = textPart("plain", content.text);
  const words =
    content.html === undefined
      ? text
      : multipart("alternative", `${seed}-words`, [text, textPart("html", content.html)]);
  if (content.attachments.length === 0) return words;
  return multipart("mixed", `${seed}-files`, [words, ...content.attachments.map(attachmentPart)]);
}

function textPart(kind: "plain" | "html", text: string): MimeBody & { transferEncoding: "quoted-printable" } {
  return {
    contentType: `text/${kind}; charset=utf-8`,
    transferEncoding: "quoted-printable",
    body: quotedPrintable(text),
  };
}

type Part = Omit<MimeBody, "transferEncoding"> & {
  readonly transferEncoding?: string;
  readonly disposition?: string;
};

function multipart(kind: "alternative" | "mixed", boundary: string, parts: readonly Part[]): MimeBody {
  const body = parts.flatMap((part) => [
    ascii(`--${boundary}\r\n${partHeaders(part)}\r\n\r\n`),
    ...part.body,
    ascii("\r\n"),
  ]);
  return {
    // `=_` cannot occur in quoted-printable, so no text can hold the boundary (RFC 2045 §6.7).
    contentType: `multipart/${kind}; boundary="${boundary}"`,
    body: [...body, ascii(`--${boundary}--`)],
  };
}

function partHeaders({ contentType, transferEncoding, disposition }: Part): string {
  const headers = [
    `Content-Type: ${contentType}`,
    ...(transferEncoding === undefined ? [] : [`Content-Transfer-Encoding: ${transferEncoding}`]),
    ...(disposition === undefined ? [] : [`Content-Disposition: ${disposition}`]),
  ];
  return headers.join("\r\n");
}

function attachmentPart({ filename, mediaType, bytes }: MimeAttachment): Part {
  // The renderer's own names and types; what could end a parameter or a header is left out all the same.
  const name = filename.replace(/[^A-Za-z0-9._-]/g, "_");
  const type = /^[a-z]+\/[a-z0-9.+-]+$/i.test(mediaType) ? mediaType : "application/octet-stream";
  return {
    contentType: `${type}; name="${name}"`,
    transferEncoding: "base64",
    disposition: `attachment; filename="${name}"`,
    body: [
      ascii(
        Buffer.from(bytes)
          .toString("base64")
          .replace(/.{76}(?=.)/g, "$&\r\n"),
      ),
    ],
  };
}

function ascii(text: string): Buffer {
  return Buffer.from(text, "latin1");
}
