/** Something below a folder. Links and devices are `other`: nothing is ever written through them. */
export interface Entry {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly kind: "file" | "folder" | "other";
}

/** The effects of publishing. Every path is absolute or relative to the working folder, as `outDir` is. */
export interface PublishFiles {
  /** Everything below a folder, without following links; nothing when the folder is not there. */
  list(folder: string): Promise<readonly Entry[]>;
  /** The bytes of a file; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Writes a file whole, making its folder. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Puts a file in another's place in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; it may be gone already. */
  remove(path: string): Promise<void>;
  /** Removes a folder if it is empty. */
  removeEmpty(folder: string): Promise<void>;
}
