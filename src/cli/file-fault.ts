import { UsageError } from "../domain/index.ts";

/** What the file system's refusals mean, and what an operator can do about each. */
const FAULTS: Readonly<Record<string, readonly [found: string, advice: string]>> = {
  EACCES: ["that this is not permitted", "Check its owner and permissions"],
  EPERM: ["that this is not permitted", "Check its owner and permissions"],
  EROFS: ["a file system that is read-only", "Choose another place, or make it writable"],
  ENOENT: ["nothing there", "Check the path"],
  ENOTDIR: ["a file where a folder should be", "Check the path, or move that file away"],
  EISDIR: ["a folder where a file should be", "Check the path, or name a file in it"],
  EEXIST: ["something else in its place", "Move it away, or choose another place"],
  ENOTEMPTY: ["a folder that is not empty in its place", "Move it away, or choose another place"],
  ENOSPC: ["no space left", "Make room, and run this again"],
  EDQUOT: ["the disk quota used up", "Make room, and run this again"],
  EFBIG: ["that the file would be larger than is allowed", "Raise the limit, and run this again"],
  EMFILE: ["too many files open", "Raise the limit of open files (ulimit -n), and run this again"],
  ENFILE: ["too many files open on this machine", "Close some, and run this again"],
  ENAMETOOLONG: ["a name that is too long", "Choose a shorter one"],
  ELOOP: ["links that lead in a circle", "Check the path"],
  EXDEV: ["another file system there", "Choose a place on the same one"],
  EBUSY: ["it in use", "Run this again when it is free"],
  ETXTBSY: ["it in use", "Run this again when it is free"],
  EIO: ["a fault of the device", "Check the disk"],
};

/** Calls that the network makes; what they fail with is told where they are made. */
const OF_THE_NETWORK = /^(?:connect|listen|bind|accept|getaddrinfo|query\w*)$/;

/**
 * An error as the operator should get it: a refusal of the file system is no bug but a usage error (exit 2) that says
 * what was wanted, what was found, where, and what to do. Everything else is given back as it is.
 */
export function operatorError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UsageError) return error;
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const fault = code === undefined ? undefined : FAULTS[code];
  if (fault === undefined || typeof syscall !== "string" || OF_THE_NETWORK.test(syscall)) return error;
  const [found, advice] = fault;
  const where = dest === undefined ? path : `${path} to ${dest}`;
  return new UsageError(
    "file-system",
    `${where === undefined ? "" : `${where}: `}expected the file system to do what was asked (${syscall}), found ` +
      `${found} (${code}). ${advice}.`,
    { cause: error },
  );
}
