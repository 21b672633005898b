import type { Hash } from "./canonical.ts";

/** A file that can be rendered when it is needed. */
export interface PlannedArtifact {
  /** Relative, with forward slashes, no `..`. */
  readonly path: string;
  readonly mediaType: string;
  /** Over everything the bytes depend on: as long as it stands, so do the bytes. */
  readonly inputsHash: Hash;
  render(): Uint8Array;
}
