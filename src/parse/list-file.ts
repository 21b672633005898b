import type { ListId } from "../domain/index.ts";
import type { DocumentKind } from "./detect.ts";

/** One file of a list: all of its bytes, unpacked, or a stream of them. */
export interface ListFile {
  /** Its name, for messages and as a hint which list it is. */
  readonly name: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
}

/** A file with its kind. */
export interface DetectedFile extends ListFile {
  readonly kind: DocumentKind;
}

/** Which list a file's name says it is: CSV and legacy XML do not tell inside. */
export function listOfName(name: string): ListId | null {
  if (/(?:^|[^a-z])cons(?:olidated|_|\b)/i.test(name)) return "consolidated";
  return /(?:^|[^a-z])sdn(?:[^a-z]|$)/i.test(name) ? "sdn" : null;
}
