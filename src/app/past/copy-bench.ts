import { LedgerError, type LedgerRecord } from "../../domain/index.ts";
import { type LedgerFiles, type Problem, parseFile, requireKnownMajor } from "../../ledger/index.ts";

/** A record of a copy, proven against the hash that the index has for it. */
export interface CopyRecord {
  readonly record: LedgerRecord;
  readonly hash: LedgerRecord["state"]["to"]["hash"];
}

/** A chain of a copy, from its baseline to its newest record. */
export interface CopySegment {
  /** `<list>/<segment>`. */
  readonly name: string;
  readonly baseline: CopyRecord;
  readonly newest: CopyRecord;
  readonly chain: readonly CopyRecord[];
}

/** Says what is wrong with the content of a file; undefined when nothing is. */
export type Fault = (content: unknown) => string | undefined;

/** The files of a copy of the API, read with every fault noted under the file's name. */
export class CopyBench {
  readonly problems: Problem[] = [];
  readonly files: LedgerFiles;

  constructor(files: LedgerFiles) {
    this.files = files;
  }

  report(file: string, code: string, message: string): void {
    this.problems.push({ file, code, message });
  }

  /** Undefined when the work ended in an error of ours, which is then reported. */
  attempt<T>(file: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      this.report(file, error.code, error.message);
      return undefined;
    }
  }

  /**
   * The content of a JSON file. Undefined when there is no such file, and, reported, when it is no JSON, of a major
   * version that is not known, or not as it should be.
   */
  document<T>(path: string, fault: Fault): T | undefined {
    const bytes = this.files.read(path);
    if (bytes === undefined) return undefined;
    return this.attempt(path, () => {
      const content = parseFile<unknown>(path, bytes);
      requireKnownMajor(path, content);
      const wrong = fault(content);
      if (wrong === undefined) return content as T;
      this.report(path, "shape", wrong);
      return undefined;
    });
  }
}
