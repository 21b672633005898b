import { afterEach } from "vitest";
import {
  createFetcher,
  DEFAULT_SOURCE_SETTINGS,
  type Fetcher,
  type SourceSettings,
} from "../../src/sources/index.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";

/** The fetcher's clock in these tests. */
export const NOW = "2023-05-23T15:00:00Z";

/** A small list in OFAC's legacy format; composed, with an invented party. */
export const LIST_XML = `<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
  <publshInformation><Publish_Date>05/23/2023</Publish_Date><Record_Count>1</Record_Count></publshInformation>
  <sdnEntry><uid>1</uid><lastName>COMPOSED EXAMPLE</lastName><sdnType>Entity</sdnType>
    <programList><program>TEST</program></programList>
    <idList><id><uid>11</uid><idType>A</idType></id> <id><uid>12</uid><idType>B</idType></id> <id><uid>13</uid></id></idList>
  </sdnEntry>
</sdnList>`;

export const PUBLICATION = { id: 700, at: "2023-05-23T14:01:44Z", files: { "SDN.XML": LIST_XML } } as const;

/** Small limits, so that what must fail does so at once. */
export const QUICK: Partial<SourceSettings> = {
  connectTimeoutMs: 300,
  headersTimeoutMs: 300,
  bodyTimeoutMs: 300,
  attemptTimeoutMs: 3_000,
  gapMs: 0,
};

export interface Bench {
  readonly ofac: OfacStandIn;
  readonly settings: SourceSettings;
  readonly fetcher: Fetcher;
  /** Every wait the fetcher asked for, in milliseconds. */
  readonly waits: number[];
  /** Address of a file on the service. */
  exports(file: string): string;
}

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Closed after the test. */
export function closing<T extends { close(): Promise<void> }>(one: T): T {
  open.push(one);
  return one;
}

/** A stand-in with one publication, and a fetcher that asks it. */
export async function bench(overrides: Partial<SourceSettings> = {}, now?: () => number): Promise<Bench> {
  const ofac = closing(await startOfacStandIn({ now: now ?? (() => Date.parse(NOW)) }));
  ofac.publish(PUBLICATION);
  const settings = { ...DEFAULT_SOURCE_SETTINGS, ...ofac.settings, ...QUICK, ...overrides };
  return {
    ofac,
    ...fetching(settings),
    exports: (file) => `${ofac.urls.service}/api/PublicationPreview/exports/${file}`,
  };
}

/** A fetcher whose sleeps take no time and are written down. */
export function fetching(settings: SourceSettings, signal?: AbortSignal) {
  const waits: number[] = [];
  const sleep = async (ms: number) => {
    if (ms > 0) waits.push(ms);
  };
  const ports = { now: () => NOW, sleep, ...(signal === undefined ? {} : { signal }) };
  return { settings, waits, fetcher: closing(createFetcher(settings, ports)) };
}

/** The error of something that must fail; also with everything in it that could be logged, as text. */
export async function failure(
  task: Promise<unknown>,
): Promise<{ error: Error & { code?: string; exitCode?: number }; text: string }> {
  const error = await task.then(
    () => new Error("expected a failure, found success"),
    (reason: unknown) => (reason instanceof Error ? reason : new Error(`not an error: ${String(reason)}`)),
  );
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    parts.push(String(at.stack), JSON.stringify(at, Object.getOwnPropertyNames(at)));
  }
  return { error, text: parts.join("\n") };
}
