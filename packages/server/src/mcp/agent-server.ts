import { Server } from "@modelcontextprotocol/server";
import { type Actor, WaggleError } from "@waggle/contract";
import * as z from "zod";
import type { AgentLeases } from "./agent-leases.ts";
import type { AgentRooms } from "./ports.ts";
import type { ToolTable } from "./tools.ts";

/** JSON-RPC request by which an agent says goodbye, in both protocol eras. Takes no parameters and answers `{}`. */
export const leaveMethod = "waggle/leave";

const instructions =
  "You edit one email template together with people who see every change at once. Read it with get_content_hierarchy first. Change only what was asked for. Ids stay valid when elements move.";

const serverInfo = { name: "waggle", title: "Waggle", version: "0.1.0" };

const anyParameters = z.optional(z.looseObject({}));

/** Who calls, and on which template. */
export interface Caller {
  readonly actor: Actor;
  /** The client of the API key. */
  readonly clientId: string;
  /** None as long as the client named no template. */
  readonly templateId: string | undefined;
}

export interface AgentServerOptions {
  readonly rooms: AgentRooms;
  readonly leases: AgentLeases;
  readonly tools: ToolTable;
}

/** The protocol server of one 2025-era session, or of one 2026-era request. Cheap: the tools are a ready table. */
export function createAgentServer(options: AgentServerOptions, caller: () => Caller): Server {
  const { leases, tools } = options;
  const server = new Server(serverInfo, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler("tools/list", () => tools.list);
  server.setRequestHandler("tools/call", ({ params }) =>
    tools.call(params.name, params.arguments ?? {}, async (operation, input) => {
      const { actor } = caller();
      const room = await arrive(options, caller());
      return room.run({ actor, operation, input });
    }),
  );
  server.setRequestHandler(leaveMethod, { params: anyParameters }, () => {
    leases.leave(caller().actor.id);
    return {};
  });
  return server;
}

/**
 * Opens the caller's room and marks the agent as present. Rejects with INVALID_INPUT when no template was named, and with
 * TEMPLATE_NOT_FOUND or SESSION_ENDED.
 */
export async function arrive({ rooms, leases }: AgentServerOptions, { actor, clientId, templateId }: Caller) {
  if (templateId === undefined) throw noTemplate();
  const room = await rooms.open(templateId);
  if (room.record.clientId !== clientId) throw templateNotFound(templateId);
  leases.seen(actor, room);
  return room;
}

function templateNotFound(templateId: string): WaggleError {
  return new WaggleError("TEMPLATE_NOT_FOUND", {
    message: `There is no template ${templateId}. Check the id with whoever started the session.`,
    data: { templateId },
  });
}

function noTemplate(): WaggleError {
  return new WaggleError("INVALID_INPUT", {
    message:
      "No template was named. Send its id in the header x-bee-template-id, or in _meta of the request (of initialize, before protocol 2026-07-28).",
    data: { argument: "x-bee-template-id" },
  });
}
