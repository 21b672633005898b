import { ContentError, type ListId, type Profile, type Receipt, SourceError } from "../domain/index.ts";
import { withoutQuery } from "./allow.ts";
import type { Progress } from "./body.ts";
import { type SourceFile, sourceFiles } from "./catalog.ts";
import { FetchError } from "./failure.ts";
import type { FetchedDocument, Fetcher, FetchResult, Peek, Retry } from "./fetcher.ts";
import type { SourceSettings } from "./settings.ts";

/** What a look at a list found. */
export type ListLook =
  /** All files of the profile, from one publication, in the order of the settings. */
  | { readonly kind: "documents"; readonly documents: readonly FetchedDocument[] }
  /** No file has changed; the receipts say when and where that was seen. */
  | { readonly kind: "not-modified"; readonly receipts: readonly Receipt[] };

export interface ListRequest {
  readonly list: ListId;
  readonly profile: Profile;
  /** Receipts of the files the current state was made from: unchanged ones are not sent again. */
  readonly previous?: readonly Receipt[];
  /** Progress of one file. */
  readonly onProgress?: (file: string, ...progress: Parameters<Progress>) => void;
  readonly onRetry?: (retry: Retry) => void;
}

/**
 * Fetches a list: each file by the first official route that gives it, all files from one publication.
 * Throws SourceError (exit 3) and ContentError (exit 4) as the fetcher, and `mixed-publication` when OFAC
 * publishes between two files twice in a row.
 */
export async function fetchList(
  request: ListRequest,
  fetcher: Fetcher,
  settings: SourceSettings,
): Promise<ListLook> {
  const files = sourceFiles(request.list, request.profile, settings);
  const conditional: FetchResult[] = [];
  for (const file of files)
    conditional.push(await fetchFile(file, request, fetcher, previousOf(file, request)));
  const receipts = conditional.map(receiptOf);
  if (conditional.every((result) => result.kind === "not-modified"))
    return { kind: "not-modified", receipts };

  const first = await completed(conditional, files, request, fetcher);
  if (fromOnePublication(first)) return { kind: "documents", documents: first };
  const again: FetchedDocument[] = [];
  for (const file of files) again.push(await wholeFile(file, request, fetcher));
  if (fromOnePublication(again)) return { kind: "documents", documents: again };
  const whole = await byOneRoute(files, request, fetcher);
  if (whole !== undefined) return { kind: "documents", documents: whole };
  throw new SourceError(
    "mixed-publication",
    `${request.list}: expected ${files.length} files of one publication, found publications ` +
      `${again.map((d) => d.receipt.publicationId ?? "?").join(", ")}. OFAC is publishing; try again in a few minutes.`,
  );
}

/**
 * The beginning of a list's first file and the headers of the whole, without downloading it: the second
 * cheapest question there is (the cheapest is the publication history).
 */
export async function peekList(
  request: ListRequest,
  bytes: number,
  fetcher: Fetcher,
  settings: SourceSettings,
): Promise<Peek | "not-modified"> {
  const [file] = sourceFiles(request.list, request.profile, settings);
  if (file === undefined) throw new Error("a profile has at least one file");
  const previous = previousOf(file, request);
  return byRoutes(file, (url) =>
    fetcher.peek({ ...retries(request), url, name: file.file, ...previous }, bytes),
  );
}

/** Whole documents in place of "not modified" where another file of the same list did change. */
async function completed(
  results: readonly FetchResult[],
  files: readonly SourceFile[],
  request: ListRequest,
  fetcher: Fetcher,
): Promise<FetchedDocument[]> {
  const documents: FetchedDocument[] = [];
  for (const [i, file] of files.entries()) {
    const result = results[i];
    documents.push(result?.kind === "document" ? result.document : await wholeFile(file, request, fetcher));
  }
  return documents;
}

async function wholeFile(file: SourceFile, request: ListRequest, fetcher: Fetcher): Promise<FetchedDocument> {
  const result = await fetchFile(file, request, fetcher, {});
  // Without a previous receipt the fetcher refuses a 304 itself.
  if (result.kind === "not-modified") throw new Error("not modified without a condition");
  return result.document;
}

function fetchFile(
  file: SourceFile,
  request: ListRequest,
  fetcher: Fetcher,
  previous: { readonly previous?: Receipt },
): Promise<FetchResult> {
  const progress = request.onProgress;
  const onProgress: { onProgress?: Progress } =
    progress === undefined ? {} : { onProgress: (bytes, total) => progress(file.file, bytes, total) };
  return byRoutes(file, (url) =>
    fetcher.fetch({ ...retries(request), ...onProgress, ...previous, url, name: file.file }),
  );
}

function previousOf(file: SourceFile, request: ListRequest): { readonly previous?: Receipt } {
  const routes = file.routes.map((route) => withoutQuery(new URL(route)));
  const found = request.previous?.find((receipt) => routes.includes(receipt.url));
  return found === undefined ? {} : { previous: found };
}

function retries(request: ListRequest): Pick<ListRequest, "onRetry"> {
  return request.onRetry === undefined ? {} : { onRetry: request.onRetry };
}

function receiptOf(result: FetchResult): Receipt {
  return result.kind === "document" ? result.document.receipt : result.receipt;
}

/**
 * All files by the same route, where one was had by another than the rest: routes are not of one publication. Undefined
 * when no route gives all.
 */
async function byOneRoute(
  files: readonly SourceFile[],
  request: ListRequest,
  fetcher: Fetcher,
): Promise<FetchedDocument[] | undefined> {
  const routes = Math.min(...files.map((file) => file.routes.length));
  for (let route = 0; routes > 1 && route < routes; route++) {
    try {
      const documents: FetchedDocument[] = [];
      for (const file of files) {
        const own = { ...file, routes: file.routes.slice(route, route + 1) };
        documents.push(await wholeFile(own, request, fetcher));
      }
      if (fromOnePublication(documents)) return documents;
    } catch (error) {
      if (!mayHaveAnotherWay(error)) throw error;
    }
  }
  return undefined;
}

/** A file that does not say its publication is not known to be of the same as one that does. */
function fromOnePublication(documents: readonly FetchedDocument[]): boolean {
  return new Set(documents.map((d) => d.receipt.publicationId)).size <= 1;
}

/** Failures of a whole host: another path of the same host would only ask it once more. */
const OF_HOST: ReadonlySet<string> = new Set(["unreachable", "timeout", "throttled"]);

/** The first route that gives an answer; the first route's error, with the others' named, when none does. */
async function byRoutes<T>(file: SourceFile, ask: (url: string) => Promise<T>): Promise<T> {
  const failures: { host: string; error: SourceError | ContentError }[] = [];
  const down = new Set<string>();
  for (const url of file.routes) {
    const { host } = new URL(url);
    if (down.has(host)) continue;
    try {
      return await ask(url);
    } catch (error) {
      if (!mayHaveAnotherWay(error)) throw error;
      failures.push({ host, error });
      if (OF_HOST.has(error.code)) down.add(host);
    }
  }
  throw allFailed(failures, file);
}

/** What is wrong with a host or a name may be right elsewhere; a document that was had is what it is. */
function mayHaveAnotherWay(error: unknown): error is SourceError | ContentError {
  if (error instanceof SourceError) return error.code !== "stopped";
  return error instanceof ContentError && error.code === "empty";
}

function allFailed(
  failures: readonly { readonly host: string; readonly error: SourceError | ContentError }[],
  file: SourceFile,
): Error {
  const [first, ...others] = failures;
  if (first === undefined) return new Error(`${file.file} has no route`);
  if (others.length === 0) return first.error;
  const { error } = first;
  const message = `${error.message} Other routes: ${others.map((o) => `${o.host} ${o.error.code}`).join(", ")}.`;
  const options = { cause: new AggregateError(failures.map((f) => f.error)) };
  if (error instanceof FetchError) return new FetchError(error.code, message, error.facts, options);
  return error instanceof SourceError
    ? new SourceError(error.code, message, options)
    : new ContentError(error.code, message, options);
}
