import { WaggleError } from "@waggle/contract";

/** The same for a template that never was, is another client's, or is over: nobody learns which. */
export function templateNotFound(templateId: string): WaggleError {
  return new WaggleError("TEMPLATE_NOT_FOUND", {
    message: `No template ${templateId}. Create one, or check the id.`,
    data: { templateId },
  });
}
