import type { Hash } from "./canonical.ts";

/** A file that can be rendered when it is needed. */
export interface PlannedArtifact {
  /** Relative, with forward slashes, no `..`. */
  readonly path: string;
  readonly mediaType: string;
  /** Over everything the bytes depend on: as long as it stands, so do the bytes. */
  readonly inputsHash: Hash;
  /**
   * Over just that part of the inputs which this file takes, where that is dear to work out: asked when `inputsHash`
   * is another, and as long as it stands, so do the bytes.
   */
  ownHash?(): Hash;
  render(): Uint8Array;
}
