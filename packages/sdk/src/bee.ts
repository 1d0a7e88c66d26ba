import { type Actor, type Commands, lifetimes, WaggleError } from "@waggle/contract";
import type { editOperations } from "@waggle/operations/edit";
import { type ChangeSet, type ElementSentence, kindOf, newElementId, type Snapshot } from "@waggle/template";
import { Announcer } from "./announcer.ts";
import type {
  Bee,
  BeeConfig,
  BeeEventName,
  BeeEvents,
  BeeStatus,
  ChangeEvent,
  History,
  HistoryEntry,
  McpSessionOptions,
  Person,
  TemplateFile,
} from "./bee-types.ts";
import { type Clock, systemClock } from "./clock.ts";
import { Delivery } from "./delivery.ts";
import { loadPart, unlessAborted } from "./parts.ts";
import type { ChangeReporter } from "./patches/change-reporter.ts";
import type { ServerLink } from "./server-link.ts";
import { Session } from "./session/session.ts";
import type { SessionHost, SessionPlan } from "./session/session-host.ts";
import type { LiveRoom } from "./sync/live-room.ts";
import type { Doc, XmlFragment } from "./sync/yjs.ts";
import { type EditingTools, Workspace } from "./workspace.ts";

/** Colour of a person whose host gave none: the accent of the design. */
const defaultColor = "#ffbf3c";
const nobody: readonly Person[] = Object.freeze([]);

/**
 * One editor without a face. Nothing is opened and nothing is sent before `start`.
 *
 * @example
 * const bee = createBee({ server: "https://waggle.example.com", token: () => fetchToken(), username: "Ann" });
 * await bee.start(template);
 * const { templateId } = await bee.startMcpSession();
 */
export function createBee(config: BeeConfig): Bee {
  return new WaggleBee(config);
}

type EditCommands = Commands<typeof editOperations>;

class WaggleBee implements Bee {
  readonly commands: EditCommands;
  readonly #config: BeeConfig;
  readonly #clock: Clock;
  readonly #delivery = new Delivery();
  readonly #announcer: Announcer;
  readonly #workspace: Workspace;
  readonly #session: Session;
  /** The same for every connection of this bee. */
  readonly #instance = newElementId();
  #loadedCommands: EditCommands | undefined;
  #loadedLink: ServerLink | undefined;
  #reporter: ChangeReporter | undefined;
  /** The template of the latest `start`, for `reload`. */
  #loaded: unknown;
  /** Loading one template waits for the one before. */
  #loading: Promise<unknown> = Promise.resolve();
  /** Aborted by the next load, which need not wait for a room that takes its time to open. */
  #newestLoad = new AbortController();
  #stopRenewing = () => {};
  #selection: string | undefined;
  #status: BeeStatus;
  #people = nobody;
  #entries: readonly HistoryEntry[] = [];
  #isDestroyed = false;

  constructor(config: BeeConfig) {
    this.#config = config;
    this.#clock = config.clock ?? systemClock;
    this.#announcer = new Announcer(config, this.#delivery);
    const person: Actor = { kind: "person", id: this.#instance, name: this.#username };
    this.#workspace = new Workspace({
      clock: this.#clock,
      delivery: this.#delivery,
      person,
      listener: {
        changed: (event, version) => this.#changed(event, version),
        historyChanged: () => this.#showChanges(),
        documentChanged: (doc) => this.#announcer.emitter.emit("document", doc),
      },
    });
    this.#session = new Session(this.#sessionHost());
    this.commands = this.#lateCommands();
    this.#status = this.#readStatus();
  }

  start(template: unknown): Promise<void> {
    return this.#afterLoading(async () => {
      const tools = await this.#loadTools();
      const change = this.#workspace.read(template, tools);
      await this.#session.stop("new-template");
      this.#requireAlive();
      this.#workspace.load(change, tools);
      this.#loaded = template;
      this.#showChanges();
    });
  }

  load(template: unknown): Promise<void> {
    return this.start(template);
  }

  async reload(template: unknown = this.#loaded): Promise<void> {
    if (template === undefined) throw nothingLoaded();
    await this.start(template);
  }

  join(templateId: string): Promise<void> {
    return this.#afterLoading(async (outdated) => {
      const tools = await this.#loadTools();
      outdated.throwIfAborted();
      const plan: SessionPlan = {
        managed: "api",
        findRoom: async (signal) => {
          this.#requireAlive();
          return (await this.#link(signal)).placeOf(templateId);
        },
        enter: (room) => {
          this.#requireAlive();
          this.#workspace.enterShared(room, tools);
          this.#entered(room);
        },
      };
      const giveUp = () => this.#session.giveUpStart();
      outdated.addEventListener("abort", giveUp);
      await this.#session.switchTo(plan).finally(() => outdated.removeEventListener("abort", giveUp));
    });
  }

  async startMcpSession({ policy }: McpSessionOptions = {}): Promise<{ templateId: string }> {
    this.#requireAlive();
    const exported = this.#workspace.export();
    const plan: SessionPlan = {
      managed: "editor",
      findRoom: async (signal) => (await this.#link(signal)).createRoom({ template: exported.json, policy }, signal),
      enter: (room) => {
        this.#workspace.enterSession(room, exported.snapshot);
        this.#entered(room);
      },
    };
    return { templateId: await this.#session.start(plan) };
  }

  stopMcpSession(): Promise<void> {
    return this.#session.stop("stopped");
  }

  leave(): Promise<void> {
    return this.#session.stop("stopped");
  }

  async getTemplateJson(): Promise<TemplateFile> {
    const { json } = this.#workspace.export();
    return { data: { json, version: this.#workspace.version } };
  }

  save(): Promise<TemplateFile> {
    return this.getTemplateJson();
  }

  get template(): Snapshot {
    return this.#workspace.template;
  }

  get doc(): Doc {
    return this.#workspace.doc;
  }

  get status(): BeeStatus {
    return this.#status;
  }

  get people(): readonly Person[] {
    return this.#people;
  }

  get history(): History {
    return this.#workspace.history;
  }

  describe(change: ChangeSet, before: Snapshot, after: Snapshot): readonly ElementSentence[] {
    return this.#workspace.describe(change, before, after);
  }

  subscribe(listener: (event: ChangeEvent) => void): () => void {
    return this.#announcer.emitter.on("change", listener);
  }

  on<Name extends BeeEventName>(event: Name, listener: (payload: BeeEvents[Name]) => void): () => void {
    return this.#announcer.emitter.on(event, listener);
  }

  async select(elementId: string | undefined): Promise<"granted"> {
    if (elementId === this.#selection) return "granted";
    this.#selection = elementId;
    this.#session.room?.select(elementId);
    const node = elementId === undefined ? undefined : this.template.nodes.get(elementId);
    const type = node && kindOf(node);
    if (elementId !== undefined && type && type !== "settings") {
      this.#announcer.call("onSelectElement", () => this.#config.onSelectElement?.({ type, uuid: elementId }));
    }
    return "granted";
  }

  textFragment(elementId: string, key: string): XmlFragment | undefined {
    return this.#workspace.textFragment(elementId, key);
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#session.abandon();
    this.#stopRenewing();
    this.#workspace.close();
    this.#announcer.emitter.clear();
    this.#status = this.#readStatus();
  }

  get #username(): string {
    return this.#config.username ?? "Guest";
  }

  #sessionHost(): SessionHost {
    const workspace = this.#workspace;
    return {
      clock: this.#clock,
      timeoutMs: this.#config.sessionTimeoutMs ?? lifetimes.editorSessionMs,
      get agentChanges() {
        return workspace.agentChanges;
      },
      openRoom: async (place, opening) => (await this.#link(opening.signal)).openRoom(place, opening),
      reenter: (room) => {
        workspace.reenter(room);
        this.#entered(room);
      },
      hold: (run) => this.#delivery.during(run),
      leave: (options) => this.#leaveRoom(options),
      agentJoined: ({ actor }) => workspace.history.agentSeen(actor),
      publish: (event) => this.#announcer.session(event),
      publishShared: (event) => this.#announcer.sharedSession(event),
      changed: () => this.#showChanges(),
      failed: (error) => this.#announcer.failure(error),
    };
  }

  #afterLoading(load: (outdated: AbortSignal) => Promise<void>): Promise<void> {
    this.#newestLoad.abort(loadedMeanwhile());
    const newest = new AbortController();
    this.#newestLoad = newest;
    const loaded = this.#loading.then(() => {
      this.#requireAlive();
      return load(newest.signal);
    });
    // Whoever called hears of a failure; the next load begins either way.
    this.#loading = loaded.catch(() => undefined);
    return loaded;
  }

  /** What the first template needs: it is most of the SDK's weight, so it is loaded then. */
  #loadTools(): Promise<EditingTools> {
    const { onChange, onRemoteChange } = this.#config;
    return loadPart(async () => {
      const [{ htmlCodec: codec }, editing] = await Promise.all([
        import("@waggle/template/html"),
        import("./editing.ts"),
      ]);
      const { createEditCommands, ...tools } = editing;
      this.#loadedCommands ??= createEditCommands(this.#workspace);
      if (onChange || onRemoteChange) this.#reporter ??= await this.#createReporter();
      return { ...tools, codec };
    });
  }

  /** What the first session needs. */
  async #link(signal: AbortSignal): Promise<ServerLink> {
    const loading = loadPart(() => import("./server-link.ts"));
    const { ServerLink } = await unlessAborted(loading, signal);
    this.#loadedLink ??= new ServerLink({
      server: this.#config.server,
      token: this.#config.token,
      clock: this.#clock,
      participant: {
        instance: this.#instance,
        username: this.#username,
        color: this.#config.userColor ?? defaultColor,
      },
    });
    return this.#loadedLink;
  }

  /** The commands under their names from the start; before a template is loaded each throws NOT_READY. */
  #lateCommands(): EditCommands {
    const find = (name: string | symbol) => Reflect.get(this.#loadedCommands ?? {}, name);
    const late = (name: string | symbol) => (input: unknown) => {
      this.#workspace.requireLoaded();
      return find(name)(input);
    };
    // A `then` would make whoever awaits them wait for a command.
    const isCommand = (name: string | symbol) => typeof name === "string" && name !== "then";
    const get = (_none: object, name: string | symbol) => find(name) ?? (isCommand(name) ? late(name) : undefined);
    return new Proxy({}, { get }) as EditCommands; // answers for each of them
  }

  async #createReporter(): Promise<ChangeReporter> {
    const { ChangeReporter } = await import("./patches/change-reporter.ts");
    return new ChangeReporter({ config: this.#config, toJson: (snapshot) => this.#workspace.toJson(snapshot) });
  }

  #changed(event: ChangeEvent, version: number): void {
    const callback = event.origin === "remote" ? "onRemoteChange" : "onChange";
    this.#announcer.call(callback, () => this.#reporter?.report(event, version));
    this.#announcer.emitter.emit("change", event);
    this.#showChanges();
  }

  #entered(room: LiveRoom): void {
    this.#stopRenewing();
    this.#stopRenewing = this.#loadedLink?.keepFresh(room) ?? (() => {});
    room.select(this.#selection);
  }

  #leaveRoom(options: { readonly isIncomplete: boolean }): void {
    this.#stopRenewing();
    this.#workspace.leaveRoom(options);
  }

  /** Tells what of status, people and history differs from what was told last. */
  #showChanges(): void {
    this.#delivery.add(() => {
      const status = this.#readStatus();
      const people = this.#session.room?.people.people ?? nobody;
      const { entries } = this.#workspace.history;
      const isNew = {
        status: !isSameStatus(status, this.#status),
        people: people !== this.#people,
        history: entries !== this.#entries,
      };
      if (isNew.status) this.#status = status;
      this.#people = people;
      this.#entries = entries;
      if (isNew.status) this.#announcer.emitter.emit("status", status);
      if (isNew.people) this.#announcer.emitter.emit("people", people);
      if (isNew.history) this.#announcer.emitter.emit("history", this.history);
    });
  }

  #readStatus(): BeeStatus {
    const { room, isStarting, status } = this.#session;
    const connection = room?.isOnline ? "online" : room || isStarting ? "connecting" : "offline";
    return Object.freeze({
      ready: this.#workspace.isLoaded && !this.#isDestroyed,
      connection,
      saving: room?.saving ?? "local",
      unsavedChanges: room?.unsavedChanges ?? 0,
      ...(this.#workspace.textsAreReadOnly ? { textsAreReadOnly: true as const } : {}),
      ...(status ? { session: Object.freeze(status) } : {}),
    });
  }

  #requireAlive(): void {
    if (!this.#isDestroyed) return;
    throw new WaggleError("NOT_READY", { message: "This bee was destroyed. Create another with createBee." });
  }
}

function nothingLoaded(): WaggleError {
  return new WaggleError("NOT_READY", { message: "No template was loaded yet. Call bee.start(template) first." });
}

function loadedMeanwhile(): WaggleError {
  return new WaggleError("SESSION_ENDED", {
    message: "Another template was loaded before the shared one was open. Call bee.join again to work in that one.",
  });
}

function isSameStatus(a: BeeStatus, b: BeeStatus): boolean {
  const { session: sessionA = {}, ...restA } = a;
  const { session: sessionB = {}, ...restB } = b;
  return JSON.stringify([restA, sessionA]) === JSON.stringify([restB, sessionB]);
}
