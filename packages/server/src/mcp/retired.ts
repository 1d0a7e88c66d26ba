import type { IncomingMessage, ServerResponse } from "node:http";
import { routes, WaggleError } from "@waggle/contract";
import { sendError } from "../http/error-body.ts";

/** Answers the first version of the MCP door, which is gone: 410 with what to change. */
export function answerRetiredMcp(_request: IncomingMessage, response: ServerResponse): void {
  sendError(
    response,
    new WaggleError("VERSION_GONE", {
      message: `${routes.mcpV1} is gone. Use ${routes.mcp} with "Authorization: Bearer <API key>" and the header x-bee-template-id; x-bee-uid, x-bee-mcp-session-id and mcpEditorClient are no longer used.`,
      data: { use: routes.mcp },
    }),
  );
}
