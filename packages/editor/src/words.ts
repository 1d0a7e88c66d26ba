/**
 * Texts a person reads or hears in the editor; those of parts that come later are beside them, in files of their own. Names
 * before roles, numbers as figures, present tense.
 */

import { type Machine, shortcutNames } from "./shortcut-names.ts";

/** How a session came to its end. */
export interface Ending {
  /** Of the agents that took part. */
  readonly names: string;
  /** Changes by agents. */
  readonly count: number;
  /** How long the session was to last. */
  readonly lengthMs: number;
  /** Whoever joined. */
  readonly person: string;
}

/** "is", or "are" of more than one. */
export const are = (count: number): string => (count === 1 ? "is" : "are");
const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
/** "1 change", "2 changes". */
export const changeCount = (count: number): string => counted(count, "change");
/** "10 minutes"; in seconds below one. */
const duration = (ms: number): string =>
  ms < 60_000 ? counted(Math.round(ms / 1000), "second") : counted(Math.round(ms / 60_000), "minute");
const keptChanges = (count: number): string =>
  count === 0 ? "Nothing was changed." : `${changeCount(count)} ${are(count)} kept.`;
const keptHere = (count: number): string => `${changeCount(count)} ${are(count)} kept here: keep this tab open.`;

// Servers that render a page may load this too; there is no keyboard there.
const machine: Machine = typeof navigator === "undefined" ? {} : navigator;
const keys = shortcutNames(machine);

/** "Scout", "Scout and Lumen", "Scout, Lumen and Ada". */
export function nameList(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  const rest = names.slice(0, -1);
  return rest.length === 0 ? last : `${rest.join(", ")} and ${last}`;
}

export const words = {
  editor: "Waggle editor",
  you: "You",
  guest: "Guest",
  changes: changeCount,

  topBar: {
    region: "Editor bar",
    untitled: "Untitled email",
    undo: `Undo (${keys.of("Z")})`,
    redo: `Redo (${keys.shifted("Z")})`,
    device: "Device",
    desktop: "Desktop",
    mobile: "Mobile",
    history: "History",
    workWithAgent: "Work with agent",
    hereNow: (names: readonly string[]) => `Here now: ${names.join(", ")}`,
  },

  saving: {
    saved: "Saved",
    saving: "Saving…",
    unsaved: (count: number) => `Offline, ${count === 0 ? "changes" : changeCount(count)} kept here`,
  },

  panels: {
    rail: "Panels",
    tools: "Tools",
    outline: "Outline",
    properties: "Properties",
    design: "Design",
    activity: "Activity",
    history: "History",
    close: (panel: string) => `Close ${panel.toLowerCase()}`,
    tabs: { edit: "Edit", outline: "Outline", style: "Style", agent: "Agent" },
  },

  outline: {
    find: "Find in template",
    nothingFound: (text: string) => `Nothing called “${text}”`,
    columns: (row: string, count: number) => `${row}, ${count} columns`,
    row: (index: number) => `Row ${index}`,
    column: (index: number) => `Column ${index}`,
    empty: "No rows yet",
    hereNow: (names: readonly string[]) => `${nameList(names)} ${names.length === 1 ? "is" : "are"} here`,
  },

  canvas: {
    region: "Email canvas",
    email: "Email",
    width: (pixels: number) => `${pixels} px`,
    selected: (label: string) => `${label} selected`,
    actions: (label: string) => `${label} actions`,
    selectParent: (parent: string) => `Select ${parent.toLowerCase()}`,
    delete: "Delete",
    crumbs: "Selected element",
    youEdit: ["You", "are editing"] as const,
    isWriting: "is writing",
    notEditable: (reason: string) => `This text can only be read here. ${reason}`,
    opaqueText: "It holds HTML that the editor leaves as it is.",
    loading: "Loading…",
  },

  text: {
    toolbar: "Text",
    field: (label: string) => `${label} text`,
    bold: `Bold (${keys.of("B")})`,
    italic: `Italic (${keys.of("I")})`,
    underline: `Underline (${keys.of("U")})`,
    link: `Link (${keys.of("K")})`,
    linkAddress: "Link address",
    applyLink: "Set link",
    removeLink: "Remove link",
    removedText: "Someone deleted it meanwhile.",
    changedCell: "Someone changed how this cell looks. Open it again to go on.",
    newerText: "Someone put something in it that only a newer editor knows. Reload to get it.",
    outdatedEditor: "The server is newer than this editor. Reload to get the newer one.",
  },

  outdated: {
    title: "There is a newer editor.",
    text: "Until you reload, texts can only be read. Everything else works.",
  },

  properties: {
    nothingTitle: "Nothing selected",
    nothing: "Click a module, row or column to change it.",
    notYet: (label: string) => `${label} has no settings here yet. You can select and delete it; agents can read it.`,
  },

  session: {
    region: "Agent session",
    session: "Session",
    starting: "Starting session…",
    reconnecting: "Reconnecting…",
    stopping: "Stopping…",
    stop: "Stop",
    stopSession: "Stop session",
    timeLeft: (time: string) => `${time} left in this session`,
    endsSoon: "Session closes in 10 seconds.",
    shared: "Shared",
    here: (count: number) => `${count} here`,
    leave: "Leave",
    leaveShared: "Leave the shared template",
    connect: "Connect",
    endsInAMinute: "Session closes in 1 minute.",
    started: "Session started. Waiting for an agent.",
    joined: (name: string) => `${name} joined`,
    left: (name: string, count: number) => `${name} left. ${changeCount(count)}.`,
    show: (name: string) => `Show where ${name} is`,
    doing: {
      writing: (label: string) => `writing in ${label}`,
      editing: (label: string) => `typing in ${label}`,
      at: (label: string) => `at ${label}`,
      here: "here",
      lastIn: (label: string) => `was in ${label}`,
    },
    announceWriting: (name: string, label: string) => `${name} is writing in ${label}`,
  },

  ended: {
    "agents-left": ({ names, count }: Ending) => [
      "Session ended.",
      count === 0
        ? "Nothing was changed."
        : `${names === "" ? "" : `${names} made `}${changeCount(count)}, one step in your history.`,
    ],
    timeout: ({ lengthMs, count }: Ending) => [`Session ended after ${duration(lengthMs)}.`, keptChanges(count)],
    expired: ({ count }: Ending) => ["Session ended on the server after its time.", keptChanges(count)],
    lost: ({ count }: Ending) => ["The connection to the session was lost.", keptChanges(count)],
    "second-person": ({ person, count }: Ending) => [
      `${person} joined, so the agent session ended.`,
      keptChanges(count),
    ],
    "new-template": ({ count }: Ending) => [
      "A new template was loaded, so the session ended.",
      count === 0 ? "" : `The old one kept its ${changeCount(count)}.`,
    ],
    stopped: ({ count }: Ending) => [
      "Session stopped.",
      count === 0 ? "Nothing was changed." : `${changeCount(count)} ${are(count)} one step in your history.`,
    ],
  },
  endedActions: { review: "Review", again: "Start again" },
  aSecondPerson: "A second person",

  shared: {
    started: "You are in a template that many share.",
    left: "You left the shared template.",
    leftText: "It goes on without you. What you see here is your own copy now.",
  },

  notices: { dismiss: "Dismiss" },

  undo: {
    all: "Undo all",
    agents: "Undo agents only",
    tookBackAgents: "Took back what agents wrote. Your own edits stay.",
    nothingOfAgents: "Nothing of what agents wrote could be taken back.",
    moreRemarks: (count: number) => `${count} more stayed as ${count === 1 ? "it is" : "they are"}.`,
    undo: "Undo",
    redo: "Redo",
    tookBack: "Took back the session.",
    by: (count: number, names: string) =>
      names === "" ? `${changeCount(count)}.` : `${changeCount(count)} by ${names}.`,
    isBack: "Session is back.",
    deleted: (label: string) => `${label} deleted`,
  },

  activity: {
    list: "What happened in this session",
    now: "now",
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    started: "Session started",
    cameIn: "You joined",
    joined: "joined",
    left: "left",
    show: "Show",
    nobodyTitle: "No agent yet",
    nobody: "Connect one, or keep going alone.",
    eachAStep: "Each change here is a step of its own. Others see yours as you make it.",
    oneStep: "All of this becomes one step in your history.",
    takesBack: "takes it back as a whole.",
    keys: { control: keys.command, z: "Z" },
  },

  offline: {
    title: "You are offline.",
    text: "Keep editing, and keep this tab open: your changes are kept here.",
    kept: (count: number) => `${changeCount(count)} ${are(count)} waiting.`,
    back: "Back online.",
    saved: (count: number) => `${changeCount(count)} saved.`,
  },

  serverGone: {
    title: "The server is not answering",
    text: "Trying again by itself. Keep editing.",
    kept: (count: number) => (count === 0 ? "All your changes were saved." : keptHere(count)),
    download: "Download a copy",
    goOn: "Keep editing",
    fileName: "template.json",
  },

  failed: {
    start: "No session could be started.",
    unreachable: "The server does not answer. Your template is safe here.",
    reason: (message: string, code: number) => `${message.replace(/\.$/, "")} (${code}).`,
    change: "That change was not made.",
    tryAgain: "Try again",
    startSession: "Start session",
    part: "A part of the editor did not load. Check the connection and try again.",
    general: "Something broke in this session.",
    gone: ["This session no longer exists.", "Start a new one to work with agents."],
    notAllowed: ["You can look, not edit.", "Ask the owner of this template for access."],
    seats: "All seats are taken.",
    join: "The shared template could not be opened.",
    seatsText: "Try again when one leaves.",
    closed: ["The server closed this session.", "Keep this tab open: what you see is kept here."],
    lost: [
      "The connection was lost for too long, so the session ended.",
      "Keep this tab open: what you see is kept here.",
    ],
    unsent: ["One change did not reach the server.", "It is kept here and sent again with the next one."],
  },

  notifications: "Notifications",
} as const;
