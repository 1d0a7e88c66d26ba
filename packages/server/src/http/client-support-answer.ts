import { type ClientSupportReport, clientSupport } from "@waggle/checks/client-support";
import { renderHtml } from "@waggle/render/html";
import { htmlCodec } from "@waggle/template/html";
import { ownLanguage, snapshotOfPage } from "./check-answers.ts";
import type { AskedSupport } from "./check-routes.ts";

/** Throws INVALID_TEMPLATE, and INVALID_INPUT for a mail client that there is not. */
export function answerClientSupport({ template, language, clients }: AskedSupport): ClientSupportReport {
  const { sanitise } = htmlCodec;
  const isTranslated = language && language !== ownLanguage;
  const html = renderHtml(snapshotOfPage(template), { sanitise, ...(isTranslated && { language }) });
  return clientSupport(html, { clients });
}
