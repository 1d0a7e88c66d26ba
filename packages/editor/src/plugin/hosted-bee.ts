import { WaggleError } from "@waggle/contract";
import type { Bee, McpSessionOptions, TemplateFile } from "@waggle/sdk";
import { createEditor, type EditorFace } from "../create-editor.ts";
import { type PluginConfig, type PluginToken, warnOfRetiredSettings } from "./plugin-config.ts";
import { toPluginError } from "./plugin-errors.ts";
import { isGrant, TokenKeeper } from "./plugin-token.ts";

/** Answer of `save`. */
export interface SavedFile {
  readonly data: TemplateFile["data"] & {
    readonly html: string;
    readonly htmlAmp: null;
    readonly language: string | null;
  };
}

/** What `BeePlugin.create` gives: a bee with its editor, under the contract's names. */
export interface HostedBee {
  /** Page JSON, as an object or as text. Options of the contract are taken and do nothing. */
  start(template: unknown, options?: unknown): Promise<void>;
  load(template: unknown): Promise<void>;
  reload(template?: unknown): Promise<void>;
  join(sessionId: string): Promise<void>;
  /** The page as JSON and HTML; calls `onSave` too. */
  save(): Promise<SavedFile>;
  saveAsTemplate(): Promise<TemplateFile>;
  getTemplateJson(): Promise<TemplateFile>;
  getConfig(): PluginConfig;
  startMcpSession(options?: McpSessionOptions): Promise<{ templateId: string }>;
  stopMcpSession(): Promise<void>;
  /** A token of `POST /loginV2`, for hosts that renew it themselves. */
  updateToken(token: PluginToken): void;
  /** Takes the editor off the page. */
  destroy(): void;
  /** Everything else Waggle's own SDK offers. */
  readonly bee: Bee & EditorFace;
}

/** Puts an editor on the page for a host that uses the plain script. What fails is told to `config.onError` too. */
export async function createHostedBee(token: PluginToken, config: PluginConfig, server: string): Promise<HostedBee> {
  try {
    return await openEditor(token, config, server);
  } catch (failure) {
    config.onError?.(toPluginError(failure));
    throw failure;
  }
}

async function openEditor(token: PluginToken, config: PluginConfig, server: string): Promise<HostedBee> {
  // biome-ignore lint/suspicious/noConsole: whoever wrote the config looks there, and only there
  warnOfRetiredSettings(config, (message) => console.warn(message));
  const container = requireContainer(config);
  const tokens = new TokenKeeper(requireGrant(token), server);
  const { username, userColor, theme, templateName } = config;
  try {
    const bee = await createEditor({
      ...callbacksOf(config),
      ...definedOf({ username, userColor, theme, templateName }),
      server,
      token: () => tokens.next(),
      container,
      onError: (error) => config.onError?.(toPluginError(error)),
    });
    return hostedBee(bee, config, tokens);
  } catch (failure) {
    tokens.close();
    throw failure;
  }
}

function hostedBee(bee: Bee & EditorFace, config: PluginConfig, tokens: TokenKeeper): HostedBee {
  // Hosts of the plain script listen to `onError` and leave promises alone; those who don't still get the rejection.
  const told = <Value>(work: Promise<Value>): Promise<Value> => {
    work.catch((failure: unknown) => config.onError?.(toPluginError(failure)));
    return work;
  };
  const begin = (load: (template: unknown) => Promise<void>, template: unknown) =>
    told(Promise.resolve().then(() => load(parsed(template))));
  return {
    bee,
    start: (template) => begin((page) => bee.start(page), template),
    load: (template) => begin((page) => bee.load(page), template),
    reload: (template) => begin((page) => bee.reload(page), template),
    join: (sessionId) => told(bee.join(sessionId)),
    save: () => told(save(bee, config)),
    saveAsTemplate: () => told(saveAsTemplate(bee, config)),
    getTemplateJson: () => told(bee.getTemplateJson()),
    getConfig: () => config,
    startMcpSession: (options) => told(bee.startMcpSession(options)),
    stopMcpSession: () => told(bee.stopMcpSession()),
    updateToken: (token) => tokens.update(token),
    destroy: () => {
      tokens.close();
      bee.destroy();
    },
  };
}

async function save(bee: Bee, { onSave }: PluginConfig): Promise<SavedFile> {
  const [{ htmlOf }, { data }] = await Promise.all([import("./html-of.ts"), bee.save()]);
  const html = htmlOf(bee.template);
  // Templates hold one language until translations are edited too.
  onSave?.(JSON.stringify(data.json), html, null, data.version, null);
  return { data: { ...data, html, htmlAmp: null, language: null } };
}

async function saveAsTemplate(bee: Bee, { onSaveAsTemplate }: PluginConfig): Promise<TemplateFile> {
  const file = await bee.getTemplateJson();
  onSaveAsTemplate?.(JSON.stringify(file.data.json), file.data.version);
  return file;
}

const callbackNames = [
  "onChange",
  "onRemoteChange",
  "onSelectElement",
  "onSessionStarted",
  "onSessionChange",
  "onMcpSessionChange",
] as const;

type Callbacks = Pick<PluginConfig, (typeof callbackNames)[number]>;

/** Only those that are there: the SDK does more work where somebody listens. */
function callbacksOf(config: PluginConfig): Callbacks {
  const given = callbackNames.filter((name) => typeof config[name] === "function");
  return Object.fromEntries(given.map((name) => [name, config[name]]));
}

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

function definedOf<Values extends object>(values: Values): Defined<Values> {
  // Leaving out what is undefined is what the type says.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<Values>;
}

function requireContainer({ container }: PluginConfig): HTMLElement {
  const element = document.getElementById(container.replace(/^#/, ""));
  if (element) return element;
  throw new WaggleError("INVALID_INPUT", {
    message: `No element has the id ${JSON.stringify(container)} of config.container.`,
  });
}

function requireGrant(token: unknown): PluginToken {
  if (isGrant(token)) return token;
  throw new WaggleError("INVALID_INPUT", {
    message: "BeePlugin.create takes what POST /loginV2 answers as its first argument: an object with an access_token.",
  });
}

function parsed(template: unknown): unknown {
  if (typeof template !== "string") return template;
  try {
    return JSON.parse(template);
  } catch (cause) {
    throw new WaggleError("INVALID_TEMPLATE", { message: "The template is text that is no JSON.", cause });
  }
}
