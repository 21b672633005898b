import { ContentError, type Instant, type Provenance, type Receipt, sha256 } from "../domain/index.ts";
import { withoutQuery } from "./allow.ts";
import { type Body, readBeginning, readBody } from "./body.ts";
import type { Answer } from "./exchange.ts";
import { statusFailure } from "./failure.ts";
import type { FetchRequest, FetchResult, Peek } from "./fetcher.ts";
import { inflateAll } from "./inflate.ts";
import { retryAfterMs } from "./retry.ts";
import type { SourceSettings } from "./settings.ts";

/** What an answer is read with. */
export interface Reading {
  readonly asked: URL;
  readonly name: string;
  readonly request: FetchRequest;
  readonly settings: SourceSettings;
  now(): Instant;
}

/** A whole document out of an answer, or that it has not changed. */
export async function readDocument(answer: Answer, reading: Reading): Promise<FetchResult> {
  const { name, request, settings } = reading;
  const previous = request.previous;
  if (answer.status === 304 && previous !== undefined) {
    const { bytes, sha256 } = previous;
    return { kind: "not-modified", receipt: { ...seen(answer, reading), bytes, sha256 } };
  }
  if (answer.status !== 200) throw await refusal(answer, reading);
  const maxBytes = request.size === "page" ? settings.maxPageBytes : settings.maxDocumentBytes;
  const declared = contentLength(answer);
  const limits = { name, host: answer.url.host, maxBytes, declared };
  const body = await decoded(await readBody(answer.body, limits, request.onProgress), answer, reading);
  if (body.bytes.byteLength === 0 && request.mayBeEmpty !== true) throw empty(answer, reading);
  const receipt = { ...seen(answer, reading), bytes: body.bytes.byteLength, sha256: body.sha256 };
  const provenance = provenanceOf(request.provenance ?? "official file", reading);
  return {
    kind: "document",
    document: { name, bytes: body.bytes, sha256: body.sha256, provenance, receipt },
  };
}

/** The beginning of a document, from a server that honours ranges and from one that does not. */
export async function readPeek(
  answer: Answer,
  reading: Reading,
  bytes: number,
): Promise<Peek | "not-modified"> {
  if (answer.status === 304 && reading.request.previous !== undefined) return "not-modified";
  if (answer.status !== 200 && answer.status !== 206) throw await refusal(answer, reading);
  const beginning = await readBeginning(answer.body, bytes);
  if (beginning.byteLength === 0) throw empty(answer, reading);
  const range = /^bytes \d+-\d+\/(\d+)$/.exec(answer.header("content-range") ?? "");
  const total = answer.status === 206 ? range?.[1] : answer.header("content-length");
  return { beginning, total: total ? Number(total) : null, seen: seen(answer, reading) };
}

/** The receipt without what only a whole body can tell. */
function seen(answer: Answer, reading: Reading): Omit<Receipt, "bytes" | "sha256"> {
  const previous = answer.status === 304 ? reading.request.previous : undefined;
  return {
    url: withoutQuery(reading.asked),
    finalHost: answer.url.host,
    status: answer.status,
    // RFC 9110 §15.4.5: a 304 need not repeat what the client already has.
    etag: answer.header("etag") ?? previous?.etag ?? null,
    lastModified: answer.header("last-modified") ?? previous?.lastModified ?? null,
    publicationId: answer.header("x-amz-meta-publication-id") ?? previous?.publicationId ?? null,
    previewDate: answer.header("x-amz-meta-preview-date") ?? previous?.previewDate ?? null,
    deltaName: answer.header("x-amz-meta-delta-name") ?? previous?.deltaName ?? null,
    at: reading.now(),
  };
}

async function refusal(answer: Answer, reading: Reading): Promise<Error> {
  const text = Buffer.from(await readBeginning(answer.body, 4096)).toString("latin1");
  return statusFailure({
    status: answer.status,
    host: answer.url.host,
    redirected: answer.redirected,
    text,
    retryAfterMs: retryAfterMs(answer.header("retry-after"), reading.now()),
  });
}

function contentLength(answer: Answer): number | null {
  const text = answer.header("content-length");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** We ask for no coding; a server or proxy that applies one all the same is understood, within the same caps. */
async function decoded(body: Body, answer: Answer, reading: Reading): Promise<Body> {
  const coding = (answer.header("content-encoding") ?? "identity").trim().toLowerCase();
  if (coding === "identity" || coding === "") return body;
  if (coding !== "gzip" && coding !== "x-gzip") {
    throw new ContentError(
      "content-encoding",
      `${reading.name} from ${answer.url.host}: expected the plain file or gzip, found the coding ` +
        `${JSON.stringify(coding.slice(0, 40))}. Nothing was kept; try another route or mirror.`,
    );
  }
  const bytes = await inflateAll("gzip", [body.bytes], {
    name: reading.name,
    maxBytes: reading.settings.maxUnpackedBytes,
  });
  return { bytes, sha256: sha256(bytes) };
}

function empty(answer: Answer, reading: Reading): ContentError {
  return new ContentError(
    "empty",
    `${reading.name}: expected a document, found nothing (status ${answer.status}, 0 bytes) at ` +
      `${withoutQuery(reading.asked)}. OFAC answers so for a file name it does not have; check the files in ` +
      "the settings.",
  );
}

/** Bytes from anywhere but OFAC's and Treasury's own hosts are never called official. */
function provenanceOf(claimed: Provenance, reading: Reading): Provenance {
  if (reading.settings.provenance !== undefined) return reading.settings.provenance;
  const official = /(^|\.)(treas|treasury|state)\.gov$/.test(reading.asked.hostname);
  return official && reading.asked.protocol === "https:" ? claimed : "third-party capture";
}
