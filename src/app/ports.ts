import type { Instant } from "../domain/index.ts";
import type { JudgeConfig } from "../judge/index.ts";
import type { LedgerFiles } from "../ledger/index.ts";
import type { Fetcher, SourceSettings } from "../sources/index.ts";
import type { ConfigFile } from "./config/config.ts";
import type { Progress } from "./progress.ts";
import type { RawStore } from "./raw/store.ts";
import type { Signer } from "./signature.ts";

/** What a command works with; everything that has an effect comes in through here. */
export interface AppPorts {
  readonly files: LedgerFiles;
  /** The folder of what is kept beside the ledger (`evidence.dir`); missing: it lies in the ledger's own. */
  readonly evidence?: LedgerFiles;
  /** A folder for what may be thrown away at any time; missing: nothing is remembered. */
  readonly cache?: LedgerFiles;
  /** Where source files are kept; missing: they are not. */
  readonly raw?: RawStore;
  readonly fetcher: Fetcher;
  readonly settings: SourceSettings;
  readonly config: ConfigFile;
  /** Read once, at the start of the command. */
  readonly now: Instant;
  readonly progress: Progress;
  /** Signs heads and records; missing where the operator has given no key. */
  readonly signer?: Signer;
}

/** Where checks, looks and latencies are kept: in a folder of their own, or in the ledger's. */
export function evidenceIn({ files, evidence }: Pick<AppPorts, "files" | "evidence">): LedgerFiles {
  return evidence ?? files;
}

/** The judge's part of the configuration. */
export function judgeConfig(config: ConfigFile): JudgeConfig {
  return config.judge ?? {};
}
