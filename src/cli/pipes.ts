/** Told of output that is lost; undefined: nobody listens to the streams yet. */
let told: ((error: Error) => void) | undefined;

/**
 * Lets this process outlive its readers. One that has seen enough (`| head`) closes the pipe: no fault of ours, so what
 * is under way goes on to its end, a ledger is written whole, and the exit code stays; only nobody hears of it. Output
 * that is lost for another reason, as on a full disk, is told once.
 * @param lost told of the error; the process is then to end with an exit code that says so
 */
export function outliveReaders(lost: (error: Error) => void): void {
  const listening = told !== undefined;
  told = lost;
  if (listening) return;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    told?.(error);
    told = () => undefined;
  });
  // Where complaints cannot be heard, nothing can be complained of.
  process.stderr.on("error", () => undefined);
}
