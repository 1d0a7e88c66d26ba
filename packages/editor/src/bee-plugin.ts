import type { HostedBee } from "./plugin/hosted-bee.ts";
import type { PluginConfig, PluginToken } from "./plugin/plugin-config.ts";

/** The global of `BeePlugin.js`, for pages without a bundler. */
export interface BeePluginGlobal {
  /**
   * Puts an editor into `config.container` and calls `callback` with it. The server is the one this script came from.
   * `bucketDir` is taken for hosts that still pass it; nothing depends on it.
   */
  create(
    token: PluginToken,
    config: PluginConfig,
    callback?: (bee: HostedBee) => void,
    bucketDir?: string,
  ): Promise<HostedBee>;
}

// A classic script shares its names with the whole page, so it has none but the one it is for.
((page: Window & { BeePlugin?: BeePluginGlobal }, script: HTMLOrSVGScriptElement | null) => {
  // Only known while the script runs; a page that inlines it is its own server.
  const server = new URL(script instanceof HTMLScriptElement ? script.src || page.location.href : page.location.href)
    .origin;
  page.BeePlugin = {
    create: async (token, config, callback) => {
      // Everything else comes as a module from beside this script, when the first editor is asked for.
      const { createHostedBee } = await import("./plugin/hosted-bee.ts");
      const bee = await createHostedBee(token, config, server);
      callback?.(bee);
      return bee;
    },
  };
})(window, document.currentScript);
