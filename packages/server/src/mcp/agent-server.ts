import { Server } from "@modelcontextprotocol/server";
import { type Actor, WaggleError } from "@waggle/contract";
import * as z from "zod";
import type { AgentLeases } from "./agent-leases.ts";
import { quotable } from "./answers.ts";
import type { AgentRoom, AgentRooms } from "./ports.ts";
import type { ToolTable } from "./tools.ts";

/** JSON-RPC request by which an agent says goodbye, in both protocol eras. Takes no parameters and answers `{}`. */
export const leaveMethod = "waggle/leave";

const instructions =
  "You edit one email template together with people who see every change at once. Read it with get_content_hierarchy first. Change only what was asked for. Ids stay valid when elements move.";

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
  /** Version of this server, as clients show it. */
  readonly version: string;
}

/** The protocol server of one 2025-era session, or of one 2026-era request. Cheap: the tools are a ready table. */
export function createAgentServer(options: AgentServerOptions, caller: () => Caller): Server {
  const { leases, tools, version } = options;
  const server = new Server(
    { name: "waggle", title: "Waggle", version },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler("tools/list", () => tools.list);
  server.setRequestHandler("tools/call", ({ params }) =>
    tools.call(params.name, params.arguments ?? {}, {
      actor: caller().actor,
      room: () => arrive(options, caller()),
    }),
  );
  server.setRequestHandler(leaveMethod, { params: anyParameters }, () => {
    leases.leave(caller().actor.id);
    return {};
  });
  return server;
}

/** What a method that is not there is answered with, in the words of both eras. */
export function unknownMethod(method: string): string {
  return `There is no method ${quotable(method)} here. There are initialize, ping, tools/list, tools/call and ${leaveMethod}.`;
}

/** Opens the caller's room and marks the agent as present. Rejects as `openRoom` does. */
export async function arrive({ rooms, leases }: AgentServerOptions, caller: Caller): Promise<AgentRoom> {
  const room = await openRoom(rooms, caller);
  leases.seen(caller.actor, room);
  return room;
}

/** The room of the template the caller named. Rejects with INVALID_INPUT when it named none, TEMPLATE_NOT_FOUND or SESSION_ENDED. */
export async function openRoom(rooms: AgentRooms, { clientId, templateId }: Caller): Promise<AgentRoom> {
  if (templateId === undefined) throw noTemplate();
  return rooms.open(templateId, { clientId });
}

function noTemplate(): WaggleError {
  return new WaggleError("INVALID_INPUT", {
    message:
      "No template was named. Send its id in the header x-bee-template-id, or in _meta of the request (of initialize, before protocol 2026-07-28).",
    data: { argument: "x-bee-template-id" },
  });
}
