import type { BeeStatus } from "@waggle/sdk";

/**
 * Has the browser ask before this page is left while a session holds changes that are nowhere else: only this tab has
 * them. Gives the way to take that back.
 */
export function guardLeaving({ session, unsavedChanges = 0 }: BeeStatus): (() => void) | undefined {
  if (!session || unsavedChanges === 0) return undefined;
  // The listener alone keeps some browsers from bringing a page back as it was, so it is there only while it is needed.
  window.addEventListener("beforeunload", ask);
  return () => window.removeEventListener("beforeunload", ask);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
