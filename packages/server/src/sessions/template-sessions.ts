import { exportPage, importPage, type Json, newElementId, type Snapshot } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import type { EditorSession, EditorSessionRequest, Sessions, TemplateRequest } from "../http/ports.ts";
import { requireProtectedElements } from "../policy/read-policy.ts";
import type { Clock } from "../rooms/clock.ts";
import { buildDocument, readStoredDocument } from "../rooms/document-bytes.ts";
import type { RoomRegistry } from "../rooms/room-registry.ts";
import type { Storage, TemplateRecord } from "../storage/storage.ts";
import { templateNotFound } from "../storage/template-not-found.ts";
import { emptyPage } from "./empty-page.ts";
import { sessionLifetimes } from "./session-life.ts";
import { newTemplateId } from "./template-id.ts";

export interface TemplateSessionsOptions {
  readonly storage: Storage;
  readonly registry: RoomRegistry;
  readonly clock: Clock;
}

const firstGeneration = 1;

/** Makes templates and hands them out. Whatever it answers with is on disk. */
export class TemplateSessions implements Sessions {
  readonly #options: TemplateSessionsOptions;

  constructor(options: TemplateSessionsOptions) {
    this.#options = options;
  }

  async createEditorSession({ template, clientId, handle, policy }: EditorSessionRequest): Promise<EditorSession> {
    const owner = { clientId, ownerHandle: handle, ...(policy && { policy }) };
    const { id, expiresAt, generation } = await this.#create("editor", template, owner);
    return { templateId: id, expiresAt, generation };
  }

  async createTemplate({
    template = emptyPage,
    mergeTags,
    clientId,
    policy,
  }: TemplateRequest): Promise<{ templateId: string }> {
    const owner = { clientId, ...(mergeTags === undefined ? {} : { mergeTags }), ...(policy && { policy }) };
    const { id } = await this.#create("api", template, owner);
    return { templateId: id };
  }

  async exportTemplate(templateId: string, clientId: string): Promise<Json> {
    const { registry, clock } = this.#options;
    const { expiresAt } = await registry.requireOwn(templateId, { clientId });
    const room = registry.find(templateId);
    // A room knows better than its record, which is renewed now and then; without one nobody renews it.
    // Its time is over: whether it has been deleted by now makes no difference.
    if ((room?.life.expiresAt ?? expiresAt) <= clock.now()) throw templateNotFound(templateId);
    const live = room?.tenure;
    const snapshot = live ? live.document.snapshot : await this.#readSnapshot(templateId);
    return exportPage(snapshot, { codec: htmlCodec });
  }

  async #create(
    kind: TemplateRecord["kind"],
    template: unknown,
    owner: Pick<TemplateRecord, "clientId" | "ownerHandle" | "mergeTags" | "policy">,
  ): Promise<TemplateRecord> {
    const { storage, clock } = this.#options;
    const content = importPage(template, { newId: newElementId, codec: htmlCodec });
    if (owner.policy) requireProtectedElements(owner.policy, Object.keys(content));
    const state = buildDocument(content);
    const createdAt = clock.now();
    const record: TemplateRecord = {
      id: newTemplateId(),
      kind,
      generation: firstGeneration,
      state: "open",
      createdAt,
      expiresAt: createdAt + sessionLifetimes[kind].activeMs,
      ...owner,
    };
    await storage.createTemplate(record, state);
    return record;
  }

  /** Without taking the lease: reading does not make this server the owner. */
  async #readSnapshot(templateId: string): Promise<Snapshot> {
    return readStoredDocument(await this.#options.storage.loadDocument(templateId));
  }
}
