/** A participant as the contract's events show it. */
export interface SessionUser {
  readonly isMcpUser: boolean;
  readonly userColor: string;
  readonly userId: string;
  readonly username: string;
}

export interface SessionChange {
  readonly type: "USER_JOINED" | "USER_LEFT";
  readonly value: SessionUser;
}

export interface SessionData {
  readonly users: Readonly<Record<string, SessionUser>>;
}

/** Why an editor-managed session ended. `expired`: the server ended it; `lost`: the server was lost, or let the editor in no more. */
export type EndReason = "agents-left" | "timeout" | "second-person" | "new-template" | "stopped" | "expired" | "lost";

/** Payload of `onMcpSessionChange`; names and fields are the contract's, `reason` is Waggle's. */
export type McpSessionEvent =
  | { readonly type: "SESSION_STARTED"; readonly templateId: string }
  | { readonly type: "SESSION_ENDED"; readonly templateId: string; readonly reason: EndReason }
  | {
      readonly type: "USER_JOINED" | "USER_LEFT";
      readonly change: SessionChange;
      readonly sessionData: SessionData;
    };

/** Answer of `POST /v2/sdk/mcp/session`. */
export interface SessionGrant {
  readonly templateId: string;
  /** WebSocket address without the template id; the room name is the template id. */
  readonly syncUrl: string;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
  readonly generation: number;
}
