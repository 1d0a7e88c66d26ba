import type { Actor } from "@waggle/contract";
import type { Policy } from "../policy/policy.ts";
import { type ChosenTool, mayCall } from "../policy/tool-choice.ts";
import type { AgentOutcome, AgentRequest, AgentRoom, CallState } from "./ports.ts";
import type { GatedCaller, ReportProgress, ToolCaller } from "./server-tool.ts";

/** How a call is carried out, whatever tool it is for. */
export interface Gate {
  /** Of the API key. */
  readonly policy: Policy | undefined;
  /** Keys of different API keys are different keys. */
  readonly keyId: string;
  readonly isDryRun: boolean;
  readonly call: AgentRequest["call"];
}

/** A call whose room knows what the caller may do, so that no tool can forget to say it. */
export class GatedCall implements GatedCaller {
  readonly isDryRun: boolean;
  readonly #caller: ToolCaller;
  readonly #gate: Gate;
  #room: GatedRoom | undefined;

  constructor(caller: ToolCaller, gate: Gate) {
    this.#caller = caller;
    this.#gate = gate;
    this.isDryRun = gate.isDryRun;
  }

  get actor(): Actor {
    return this.#caller.actor;
  }

  get signal(): AbortSignal {
    return this.#caller.signal;
  }

  get progress(): ReportProgress {
    return this.#caller.progress;
  }

  /** What the last operation on the room came to. */
  get outcome(): AgentOutcome | undefined {
    return this.#room?.outcome;
  }

  async room(): Promise<AgentRoom> {
    this.#room ??= new GatedRoom(await this.#caller.room(), this.#gate);
    return this.#room;
  }

  async isRepeated(): Promise<boolean> {
    const { call, isDryRun } = this.#gate;
    if (!call || isDryRun) return false;
    const room = await this.#caller.room();
    return (await room.findOutcome(call.callKey)).state !== "unknown";
  }

  mayCall(tool: ChosenTool): boolean {
    const { policy } = this.#gate;
    return policy === undefined || mayCall(tool, policy);
  }
}

class GatedRoom implements AgentRoom {
  outcome: AgentOutcome | undefined;
  readonly #room: AgentRoom;
  readonly #gate: Gate;
  #call: AgentRequest["call"];

  constructor(room: AgentRoom, gate: Gate) {
    this.#room = room;
    this.#gate = gate;
    this.#call = gate.call;
  }

  async run(request: AgentRequest): Promise<AgentOutcome> {
    const { policy, isDryRun } = this.#gate;
    const call = request.operation.kind === "write" ? this.#call : undefined;
    // A second write of one call is another write.
    if (call) this.#call = undefined;
    this.outcome = await this.#room.run({
      ...request,
      ...(policy && { policy }),
      ...(call && { call }),
      isDryRun: isDryRun || request.isDryRun === true,
    });
    return this.outcome;
  }

  findOutcome(callKey: string): Promise<CallState> {
    return this.#room.findOutcome(scopedKey(this.#gate, callKey));
  }

  agentSeen(actor: Actor): void {
    this.#room.agentSeen(actor);
  }

  agentLeft(actorId: string): void {
    this.#room.agentLeft(actorId);
  }
}

/** A key as the log knows it: clients of different API keys may choose the same one. */
export function scopedKey({ keyId }: Pick<Gate, "keyId">, key: string): string {
  return `${keyId} ${key}`;
}
