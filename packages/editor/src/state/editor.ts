import { effect, type Signal, signal, untracked } from "@preact/signals";
import { type Actor, type McpSessionEvent, WaggleError } from "@waggle/contract";
import type { Bee, ChangeEvent, Clock, Person } from "@waggle/sdk";
import { type ElementId, isVisible, kindOf, labelOf, type NodeData, parentOf, textKeyOf } from "@waggle/template";
import type { CanvasFrame } from "../canvas/canvas-frame.ts";
import { Notices } from "../notices/notices.ts";
import { ActorColors } from "../people/actor-colors.ts";
import { SessionStory } from "../session/session-story.ts";
import { tellError } from "../session/tell-error.ts";
import { type Caret, prepareTextEditor, type TextEditing } from "../text/text-editing.ts";
import { Toasts } from "../toasts/toasts.ts";
import { nameList, words } from "../words.ts";
import { Activity } from "./activity.ts";
import { type BeeSignals, watchBee } from "./bee-signals.ts";
import { guardLeaving } from "./leave-guard.ts";
import { Parts } from "./parts.ts";
import { Ticker } from "./ticker.ts";
import { touchedElements } from "./touched-elements.ts";
import { Touches } from "./touches.ts";
import { createView, type View } from "./view.ts";

/** Someone who listens instead of looking hears what agents do, but not each of their edits. */
const announceEveryMs = 10_000;

interface EditorOptions {
  readonly clock: Clock;
  readonly username: string;
  readonly templateName: string | undefined;
  /** Where agents connect; told to them in the set-ups. */
  readonly mcpUrl: string;
  /** Makes more styles hold in the editor. */
  adoptStyles(styles: string): void;
}

/** One editor: the bee it shows, what its person looks at, and what they may do. Components read signals and call this. */
export class Editor {
  readonly bee: Bee;
  readonly clock: Clock;
  readonly live: BeeSignals;
  readonly view: View = createView();
  readonly colors = new ActorColors();
  readonly touches: Touches;
  readonly activity: Activity;
  readonly toasts: Toasts;
  readonly notices = new Notices();
  readonly parts: Parts;
  readonly mcpUrl: string;
  readonly ticker: Ticker;
  /** What the polite live region says next. */
  readonly announcement = signal("");
  /** The canvas while it is on the page. */
  readonly canvas: Signal<CanvasFrame | undefined> = signal(undefined);
  /** The text editor while a text is being edited. */
  readonly textEditing: Signal<TextEditing | undefined> = signal(undefined);
  /** Where the caret goes when the text editor opens. */
  caret: Caret | undefined;
  /** What the host calls the template, when it does. */
  readonly templateName: string | undefined;
  readonly #self: Actor;
  #saidAt = 0;
  /** Set while the connection is away. */
  #unsavedWhileAway: number | undefined;
  readonly #story: SessionStory;
  readonly #stops: (() => void)[] = [];

  constructor(bee: Bee, options: EditorOptions) {
    const { clock, username } = options;
    this.bee = bee;
    this.clock = clock;
    this.templateName = options.templateName;
    this.mcpUrl = options.mcpUrl;
    this.parts = new Parts({
      adopt: (styles) => options.adoptStyles(styles),
      failed: () => this.toasts.add({ sign: "warn", text: words.failed.part, topic: "error" }),
    });
    // Stands for the person until a room gives them an id.
    this.#self = { kind: "person", id: "self", name: username };
    this.colors.addSelf(this.#self.id);
    this.touches = new Touches(clock);
    this.activity = new Activity((change, before, after) => bee.describe(change, before, after));
    this.toasts = new Toasts(clock);
    this.ticker = new Ticker(clock);
    this.#story = new SessionStory(this);
    this.live = watchBee(bee, {
      onChange: (event) => this.#onChange(event),
      onSession: (event: McpSessionEvent) => this.#story.tell(event),
      onShared: () => this.#story.enteredShared(),
      onSharedChange: (change) => this.#story.peopleChanged(change),
      onError: (error) => tellError(this, error),
      onPeople: (people) => this.#giveColors(people),
    });
    this.#stops.push(
      effect(() => this.#dropLostSelection()),
      effect(() => (this.live.status.value.session ? this.ticker.start() : this.ticker.stop())),
      effect(() => this.#followOutage()),
      effect(() => this.#followVersion()),
      effect(() => guardLeaving(this.live.status.value)),
      effect(() => this.#story.sessionIs(this.live.status.value.session)),
    );
  }

  /** The person at this editor. */
  get self(): Actor {
    return this.live.people.value.find(({ isSelf }) => isSelf)?.actor ?? this.#self;
  }

  get selectedNode(): NodeData | undefined {
    const id = this.view.selectedId.value;
    return id === undefined ? undefined : this.live.template.value.nodes.get(id);
  }

  select(elementId: ElementId | undefined): void {
    if (this.view.selectedId.peek() === elementId) return;
    if (this.view.editingId.peek() !== elementId) this.stopEditing();
    this.view.selectedId.value = elementId;
    if (elementId !== undefined && this.canEditText(elementId)) prepareTextEditor();
    void this.bee.select(elementId).catch((error: unknown) => this.report(error));
  }

  /** From a module to its column, from there to its row, then nothing. */
  selectParent(): void {
    const node = this.selectedNode;
    const parent = node && parentOf(node);
    const isElement = parent !== undefined && this.live.template.peek().nodes.has(parent);
    this.select(isElement ? parent : undefined);
  }

  /** Brings an element into view and selects it. */
  show(elementId: ElementId): void {
    this.select(elementId);
    this.canvas.peek()?.reveal(elementId);
  }

  deleteSelected(): void {
    const [elementId, node] = [this.view.selectedId.peek(), this.selectedNode];
    if (elementId === undefined || !node || kindOf(node) === "column") return;
    this.stopEditing();
    this.run(() => {
      this.bee.commands.deleteElement({ elementId });
      const text = words.undo.deleted(labelOf(node));
      this.toasts.add({
        sign: "trash",
        text,
        topic: "step",
        action: { label: words.undo.undo, run: () => this.undo() },
      });
      this.announce(text);
    });
    this.#keepFocus();
  }

  /** Whether this element has a text that can be edited in place. */
  canEditText(elementId: ElementId): boolean {
    const node = this.live.template.peek().nodes.get(elementId);
    return node !== undefined && textKeyOf(node) !== undefined;
  }

  /** Starts editing a text in place, with the caret at a point of the canvas or at the end. */
  editText(elementId: ElementId, at?: Caret): void {
    if (!this.canEditText(elementId)) return;
    this.select(elementId);
    this.caret = at;
    this.view.editingId.value = elementId;
  }

  stopEditing(): void {
    this.view.editingId.value = undefined;
  }

  undo(): void {
    this.#dropOldOffers();
    this.run(() => this.#story.undone(this.bee.history.undo()));
  }

  /** Takes back what agents wrote and nothing else. */
  undoAgents(): void {
    this.#dropOldOffers();
    this.run(() => this.#story.agentsUndone(this.bee.history.undo({ scope: "agents" })));
  }

  redo(): void {
    this.#dropOldOffers();
    this.run(() => this.#story.redone(this.bee.history.redo()));
  }

  /** Opens the template to agents and shows how they connect. */
  async startSession(): Promise<void> {
    this.parts.prepare("session");
    this.announce(words.session.starting);
    try {
      await this.bee.startMcpSession();
      this.view.isConnecting.value = true;
    } catch (error) {
      this.#story.couldNotStart(error);
    }
  }

  async stopSession(): Promise<void> {
    this.view.isConnecting.value = false;
    await this.bee.stopMcpSession().catch((error: unknown) => this.report(error));
    this.#keepFocus();
  }

  /** Leaves a room that many share. */
  async leave(): Promise<void> {
    this.view.isConnecting.value = false;
    await this.bee.leave().catch((error: unknown) => this.report(error));
    this.#story.leftShared();
    this.#keepFocus();
  }

  /** Whether many share this template: then nobody's clock ends it, and each leaves for themselves. */
  get isShared(): boolean {
    const { session } = this.live.status.value;
    return session !== undefined && session.state !== "starting" && session.expiresAt === undefined;
  }

  /** Carries out an edit; a refusal becomes a message instead of an exception in an event handler. */
  run(edit: () => void): void {
    try {
      edit();
    } catch (error) {
      this.report(error);
    }
  }

  /** Carries out an edit; answers with the reason when it was refused, for a field to show. */
  attempt(edit: () => void): string | undefined {
    try {
      edit();
      return undefined;
    } catch (error) {
      if (error instanceof WaggleError) return error.message;
      throw error;
    }
  }

  /** Tells the person about an expected failure; anything else is a bug and rises to the host. */
  report(error: unknown): void {
    if (!(error instanceof WaggleError)) throw error;
    this.toasts.add({ sign: "warn", text: words.failed.change, detail: error.message, topic: "error" });
    this.announce(`${words.failed.change} ${error.message}`);
  }

  announce(text: string): void {
    // The same words twice are only spoken twice when the text differs.
    this.announcement.value = this.announcement.peek() === text ? `${text}\u00a0` : text;
  }

  /** The name people see: "You" for the person at this editor. */
  nameOf(actor: { readonly id: string; readonly name: string }): string {
    return this.colors.isSelf(actor.id) ? words.you : actor.name;
  }

  namesOf(actors: readonly { readonly id: string; readonly name: string }[]): string {
    return nameList(actors.map((actor) => this.nameOf(actor)));
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.live.stop();
    this.ticker.stop();
    this.touches.close();
    this.toasts.close();
  }

  #onChange(event: ChangeEvent): void {
    if (event.origin === "load" || event.origin === "history") return;
    if (event.origin === "command" || event.origin === "text") this.#ownEdit(event);
    if (event.actor.kind === "agent") this.#agentWrote(event);
    if (this.live.status.peek().session) this.activity.addChange(event);
  }

  /** The button that was pressed may be gone with what it was for; keys then go on working on the canvas. */
  #keepFocus(): void {
    const scroller = this.canvas.peek()?.scroller;
    const root = scroller?.getRootNode();
    if (root instanceof ShadowRoot && root.activeElement === null) scroller?.focus({ preventScroll: true });
  }

  #ownEdit({ actor }: ChangeEvent): void {
    this.colors.addSelf(actor.id);
    this.#dropOldOffers();
  }

  /** What an older message offers to undo is no longer the latest step. */
  #dropOldOffers(): void {
    this.toasts.dismissTopic("step");
    this.notices.dismiss("ended");
  }

  #followOutage(): void {
    const { session, unsavedChanges = 0 } = this.live.status.value;
    const isAway = session?.state === "reconnecting";
    untracked(() => {
      const wasAway = this.#unsavedWhileAway !== undefined;
      if (isAway) this.#unsavedWhileAway = unsavedChanges;
      else if (wasAway && session?.state === "active") this.#story.cameBack(this.#unsavedWhileAway ?? 0);
      if (isAway && !wasAway) this.announce(`${words.offline.title} ${words.offline.text}`);
      if (!isAway) this.#unsavedWhileAway = undefined;
    });
  }

  /** A server newer than this editor: its texts are not written, see the SDK. */
  #followVersion(): void {
    const isOutdated = this.live.status.value.textsAreReadOnly === true;
    untracked(() => {
      if (!isOutdated) this.notices.dismiss("outdated");
      else this.notices.show({ topic: "outdated", tone: "warn", icon: "lock", ...words.outdated, actions: [] });
    });
  }

  #agentWrote({ actor, change, after, at }: ChangeEvent): void {
    const touched = touchedElements(change, after);
    this.touches.add(actor, touched);
    const node = after.nodes.get(touched[0] ?? "");
    if (!node || at - this.#saidAt < announceEveryMs) return;
    this.#saidAt = at;
    this.announce(words.session.announceWriting(actor.name, labelOf(node)));
  }

  #giveColors(people: readonly Person[]): void {
    for (const { actor, color, isSelf } of people) {
      if (isSelf) this.colors.addSelf(actor.id);
      this.colors.colorOf(actor, color);
    }
  }

  #dropLostSelection(): void {
    const [template, selected] = [this.live.template.value, this.view.selectedId.value];
    untracked(() => {
      if (selected !== undefined && !isVisible(template, selected)) this.select(undefined);
      const hovered = this.view.hoveredId.value;
      if (hovered !== undefined && !isVisible(template, hovered)) this.view.hoveredId.value = undefined;
    });
  }
}
