import { WaggleError } from "@waggle/contract";
import { type Bee, type BeeConfig, createBee } from "@waggle/sdk";
import { type MountedEditor, mountEditor, type Theme } from "./mount-editor.tsx";

/** The host's settings for a bee with a face. */
export interface EditorConfig extends BeeConfig {
  /** An element or a selector. The editor fills it, so it needs a height. */
  readonly container: HTMLElement | string;
  /** Default: light; `auto` follows the system. */
  readonly theme?: Theme;
  /** What the top bar calls the template. Default: its own title. */
  readonly templateName?: string;
}

/** What a bee has more when it is shown. */
export interface EditorFace {
  readonly editor: MountedEditor;
}

/**
 * A bee and its editor as one object. `destroy` takes the editor off the page too.
 *
 * @example
 * const bee = await createEditor({ server, token, container: "#editor", username: "Ann" });
 * await bee.start(template);
 */
export async function createEditor(config: EditorConfig): Promise<Bee & EditorFace> {
  const { container, theme, templateName, ...beeConfig } = config;
  const bee = createBee(beeConfig);
  const editor = mountEditor(bee, container, {
    ...(theme ? { theme } : {}),
    ...(templateName === undefined ? {} : { templateName }),
    ...(config.username === undefined ? {} : { username: config.username }),
    server: config.server,
    ...(config.clock ? { clock: config.clock } : {}),
  });
  const [joinBee, destroyBee] = [bee.join.bind(bee), bee.destroy.bind(bee)];
  return Object.assign(bee, {
    editor,
    // The person sees a page that stays as it was, and has to know why; the host hears of it as ever.
    join: async (templateId: string) => {
      try {
        await joinBee(templateId);
      } catch (failure) {
        if (failure instanceof WaggleError) editor.tellNotJoined(failure);
        throw failure;
      }
    },
    destroy: () => {
      editor.unmount();
      destroyBee();
    },
  });
}
