import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { SessionGrant, WaggleError } from "@waggle/contract";
import type { Json } from "@waggle/template";
import type { Policy } from "../policy/policy.ts";

/** What the routes under `/v2/sdk/mcp` ask of the sessions. */
export interface Sessions {
  /** Builds the room from the JSON. Rejects with INVALID_TEMPLATE. */
  createEditorSession(request: EditorSessionRequest): Promise<EditorSession>;
  /** Without `template` the document is empty. Rejects with INVALID_TEMPLATE. */
  createTemplate(request: TemplateRequest): Promise<{ readonly templateId: string }>;
  /** The template's page JSON as it is now. Rejects with TEMPLATE_NOT_FOUND, also for another client's template. */
  exportTemplate(templateId: string, clientId: string): Promise<Json>;
}

export interface EditorSessionRequest {
  /** Page JSON as the browser sent it, not looked at yet. */
  readonly template: unknown;
  readonly clientId: string;
  /** The `uid` of the browser token. */
  readonly handle: string;
  /** What agents may do in the session. */
  readonly policy?: Policy | undefined;
}

export interface TemplateRequest {
  readonly template?: unknown;
  readonly mergeTags?: Json;
  readonly clientId: string;
  /** What agents may do with the template, whichever key they have. */
  readonly policy?: Policy | undefined;
}

/** A session that was started; its address is added by the door it was started through. */
export type EditorSession = Omit<SessionGrant, "syncUrl">;

/** Takes over WebSocket upgrades of the sync route. Host and Origin have been checked by then; the token has not. */
export interface SyncDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every socket with a code that makes clients come back later. */
  close(): Promise<void>;
}

/** Answers the MCP routes from the raw request. Host and Origin have been checked by then; the key has not. */
export interface McpEndpoint {
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  /** Waits for calls under way and ends open streams. */
  close(): Promise<void>;
}

/** Who presented an API key. */
export interface KeyIdentity {
  readonly keyId: string;
  readonly clientId: string;
  /** What agents with this key may do; everything when absent. */
  readonly policy?: Policy;
}

/** What a person may do in a room. */
export type Role = "editor";

/** Who presented a browser token. */
export interface BrowserIdentity {
  readonly clientId: string;
  /** The `uid` the host's backend named. */
  readonly handle: string;
  readonly role: Role;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
}

/** Reads credentials. Each rejects with AUTH_MISSING, AUTH_INVALID or, for tokens, AUTH_EXPIRED. */
export interface Authenticator {
  /** @param authorization the header as it came: `Bearer wgl_…` */
  requireKey(authorization: string | undefined): Promise<KeyIdentity>;
  /** @param token a browser token without `Bearer`, as in the query of the sync socket */
  requireBrowser(token: string | undefined): Promise<BrowserIdentity>;
}

/** Keeps foreign pages and rebound host names out, on every door. */
export interface DoorGuard {
  /** HOST_REFUSED, or undefined when the request may pass. Requests without `Origin` pass: they are not from a page. */
  refusal(headers: IncomingHttpHeaders): WaggleError | undefined;
}
