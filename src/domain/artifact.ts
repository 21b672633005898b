/** A file to publish. */
export interface Artifact {
  /** Relative, with forward slashes, no `..`. */
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
