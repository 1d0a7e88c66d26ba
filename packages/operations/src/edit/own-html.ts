import type { OperationContext } from "../context.ts";
import { removedMarkup } from "../text/write-text.ts";

interface CleanHtml {
  readonly html: string;
  readonly warnings: readonly string[];
}

/** The author's markup without anything that could do harm where it is shown; conditions for Outlook stay. */
export function cleanHtml({ codec }: OperationContext, written: string): CleanHtml {
  const html = codec.sanitise(written, { keepsConditions: true });
  return { html, warnings: removedMarkup(written, html) };
}
