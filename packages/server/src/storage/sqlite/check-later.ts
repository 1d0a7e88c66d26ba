import { fork } from "node:child_process";
import { extname } from "node:path";

/**
 * Looks through a database that is in use, without holding anybody up, and tells when it is damaged. The returned function
 * gives it up.
 */
export function checkLater(file: string, onDamaged: () => void): () => void {
  const script = new URL(`./quick-check.child${extname(import.meta.filename)}`, import.meta.url);
  const child = fork(script, [file], { stdio: "ignore" });
  child.once("message", (answer: { readonly isSound: boolean }) => {
    if (!answer.isSound) onDamaged();
  });
  // Without a process to check in, the file counts as it did before: every page is judged when it is read.
  child.once("error", () => undefined);
  child.unref();
  child.channel?.unref();
  return () => void child.kill("SIGKILL");
}
