import { createHash } from "node:crypto";
import { WaggleError } from "@waggle/contract";

/** The digest kept beside a snapshot, hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function templateNotFound(templateId: string): WaggleError {
  return new WaggleError("TEMPLATE_NOT_FOUND", {
    message: `No template ${templateId}. Create one with POST /v2/sdk/mcp/template.`,
    data: { templateId },
  });
}
