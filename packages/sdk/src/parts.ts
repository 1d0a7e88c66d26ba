import { WaggleError } from "@waggle/contract";

/**
 * Loads code that comes when it is needed. Rejects with SERVER_UNREACHABLE; a failure is not kept, so whoever calls again
 * tries again.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new WaggleError("SERVER_UNREACHABLE", {
      message: "A part of the editor could not be loaded. Check the network, then call again.",
      cause,
    });
  }
}

/** Rejects as soon as nobody waits any more. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
