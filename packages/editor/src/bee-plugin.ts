import type { HostedBee } from "./plugin/hosted-bee.ts";
import type { PluginConfig, PluginToken } from "./plugin/plugin-config.ts";
import type { PluginError } from "./plugin/plugin-errors.ts";

/** The global of `BeePlugin.js`, for pages without a bundler. */
export interface BeePluginGlobal {
  /**
   * Puts an editor into `config.container` and calls `callback` with it. The server is the one this script came from.
   * Rejects, and tells `config.onError`, when that can't be. `bucketDir` is taken for hosts that still pass it; nothing depends on it.
   */
  create(
    token: PluginToken,
    config: PluginConfig,
    callback?: (bee: HostedBee) => void,
    bucketDir?: string,
  ): Promise<HostedBee>;
}

type PluginModule = typeof import("./plugin/hosted-bee.ts");

// A classic script shares its names with the whole page, so it has none but the one it is for.
((page: Window & { BeePlugin?: BeePluginGlobal }, script: HTMLOrSVGScriptElement | null) => {
  // Only known while the script runs; a page that holds the script itself is its own server.
  const source = (script instanceof HTMLScriptElement && script.src) || new URL("/plugin/v2/", page.location.href).href;
  // A script of another origin has no address to import from, so the whole address is given.
  const address = new URL("hosted-bee.js", source.replace(/\/plugin\/(?=[^/]*$)/, "/plugin/v2/")).href;
  // Whatever the cause, a page only hears that an import failed. This script imports nothing, so it says it in plain values.
  const load = (config: PluginConfig): Promise<PluginModule> =>
    import(/* @vite-ignore */ address).catch((cause: unknown) => {
      const { origin } = new URL(address);
      const message = `The editor could not be loaded from ${origin}. Check that the server answers, and that its operator lists ${page.location.origin} in WAGGLE_ORIGINS.`;
      const told: PluginError = { code: 5600, message, detail: { code: "SERVER_UNREACHABLE" } };
      config.onError?.(told);
      throw Object.assign(new Error(message, { cause }), told.detail);
    });
  page.BeePlugin = {
    create: async (token, config, callback) => {
      const { createHostedBee } = await load(config);
      const bee = await createHostedBee(token, config, new URL(source).origin);
      callback?.(bee);
      return bee;
    },
  };
})(window, document.currentScript);
