import type { BeeConfig, TokenGrant } from "@waggle/sdk";
import type { Theme } from "../mount-editor.tsx";
import type { PluginError } from "./plugin-errors.ts";

/** What `POST /loginV2` answers; a host's backend asks for it and hands it to the page. */
export type PluginToken = TokenGrant & { readonly v2?: boolean };

type Callbacks = Pick<
  BeeConfig,
  "onChange" | "onRemoteChange" | "onSelectElement" | "onSessionStarted" | "onSessionChange" | "onMcpSessionChange"
>;

/** The contract's settings as far as Waggle reads them; others are kept for `getConfig` and do nothing. */
export interface PluginConfig extends Callbacks {
  /** Id of the element the editor fills; it needs a height. */
  readonly container: string;
  /** Who this is to the host. */
  readonly uid?: string;
  readonly username?: string;
  readonly userColor?: string;
  /** Default: light. */
  readonly theme?: Theme;
  /** What the top bar calls the template. */
  readonly templateName?: string;
  /** Called by `save` with the page as text, as hosts store it; there is no AMP version. */
  onSave?(pageJson: string, pageHtml: string, ampHtml: null, templateVersion: number, language: string | null): void;
  /** Called by `saveAsTemplate`. */
  onSaveAsTemplate?(pageJson: string, templateVersion: number): void;
  onError?(error: PluginError): void;
  readonly [other: string]: unknown;
}

const retiredHint =
  "config.mcpEditorClient is no longer used: agents now connect to /v2/sdk/mcp. Remove it and call startMcpSession() instead.";

/** Warns of settings that silently would do nothing. */
export function warnOfRetiredSettings(config: PluginConfig, warn: (message: string) => void): void {
  if ("mcpEditorClient" in config) warn(retiredHint);
}
