/** Every text a person reads or hears in the editor. Names before roles, numbers as figures, present tense. */

/** How a session came to its end. */
export interface Ending {
  /** Of the agents that took part. */
  readonly names: string;
  /** Changes by agents. */
  readonly count: number;
  /** How long the session was to last. */
  readonly minutes: number;
  /** Whoever joined. */
  readonly person: string;
}

const are = (count: number): string => (count === 1 ? "is" : "are");
const minuteCount = (count: number): string => `${count} ${count === 1 ? "minute" : "minutes"}`;
const keptChanges = (count: number): string =>
  count === 0 ? "Nothing was changed." : `${changeCount(count)} ${are(count)} kept.`;
const keptHere = (count: number): string => `${changeCount(count)} ${are(count)} kept in this browser.`;
const changeCount = (count: number): string => `${count} ${count === 1 ? "change" : "changes"}`;

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
    undo: "Undo (Ctrl Z)",
    redo: "Redo (Ctrl Shift Z)",
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
    unsaved: "Offline, changes kept here",
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
    bold: "Bold (Ctrl B)",
    italic: "Italic (Ctrl I)",
    underline: "Underline (Ctrl U)",
    link: "Link (Ctrl K)",
    linkAddress: "Link address",
    applyLink: "Set link",
    removeLink: "Remove link",
  },

  properties: {
    nothingTitle: "Nothing selected",
    nothing: "Click a module, row or column to change it.",
    notYet: (label: string) => `${label} has no settings here yet. You can select and delete it; agents can read it.`,
    label: "Label",
    link: "Link",
    text: "Text",
    textColour: "Text colour",
    pick: (what: string) => `Pick ${what.toLowerCase()}`,
    opacity: "100%",
    button: "Button",
    title: "Title",
    paragraph: "Paragraph",
    fill: "Fill",
    radius: "Radius",
    radiusPixels: "Radius in pixels",
    width: "Width",
    widths: { fit: "Fit text", full: "Full", fixed: "Fixed" },
    fixedWidth: "Width in percent",
    spacing: "Spacing",
    sides: { top: "Top", right: "Right", bottom: "Bottom", left: "Left" },
    padding: (side: string) => `Padding ${side.toLowerCase()}`,
    align: "Align",
    alignments: { left: "Left", center: "Centre", right: "Right" },
    showOn: "Show on",
    devices: "Devices",
    both: "Both",
    desktopOnly: "Desktop only",
    mobileOnly: "Mobile only",
    level: "Level",
    size: "Size",
    mixedText: "This text has formatting. Edit it in the email.",
    sizePixels: "Size in pixels",
    refused: (message: string) => message,
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
      `${names === "" ? "" : `${names} made `}${changeCount(count)}, one step in your history.`,
    ],
    timeout: ({ minutes, count }: Ending) => [`Session ended after ${minuteCount(minutes)}.`, keptChanges(count)],
    expired: ({ count }: Ending) => ["Session ended on the server after its time.", keptChanges(count)],
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

  connect: {
    title: "Connect an agent",
    about: "Any MCP client can join. You see each edit land, and one undo takes all of it back.",
    aboutShared: "Any MCP client can join. You see each edit land, and each is a step of its own.",
    waiting: "Waiting for an agent",
    waitingText: "Use one of the set-ups below. This page notices by itself.",
    here: (names: string, count: number) => `${names} ${are(count)} here`,
    hereText: "Connected over MCP.",
    connected: "Connected",
    endpoint: "Endpoint",
    templateId: "Template id",
    headers: "Headers",
    header: (name: string) => `${name} header`,
    handleHint: "With your handle the agent works for you. Leave that header out and it works for itself.",
    setUp: "Set-up",
    setUpOf: (kind: string) => `${kind} set-up`,
    kinds: { command: "Command", json: "JSON", typescript: "TypeScript", python: "Python" },
    keyBefore: "Set",
    keyAfter: "where the agent runs. The editor never holds your key.",
    copy: (what: string) => `Copy ${what}`,
    copied: (what: string) => `${what} copied`,
    copyFailed: "The browser did not allow copying. Select the text and copy it.",
    more: "More agents can join with the same set-up.",
    watch: "Watch it work",
    closesItself: "The session closes by itself when its time is over.",
    staysOpen: "The template stays open to agents while it is shared.",
    cancel: "Cancel session",
    open: "Connect an agent",
  },

  notices: { dismiss: "Dismiss" },

  undo: {
    all: "Undo all",
    agents: "Undo agents only",
    tookBackAgents: "Took back what agents wrote. Your own edits stay.",
    nothingOfAgents: "Nothing of what agents wrote could be taken back.",
    moreRemarks: (count: number) => `${count} more stayed as they are.`,
    undo: "Undo",
    redo: "Redo",
    tookBack: "Took back the session.",
    by: (count: number, names: string) =>
      names === "" ? `${changeCount(count)}.` : `${changeCount(count)} by ${names}.`,
    isBack: "Session is back.",
    kept: (count: number) => `${count} ${count === 1 ? "place was" : "places were"} changed since and stayed.`,
    deleted: (label: string) => `${label} deleted`,
  },

  activity: {
    list: "What happened in this session",
    now: "now",
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    started: "Session started",
    joined: "joined",
    left: "left",
    show: "Show",
    nobodyTitle: "No agent yet",
    nobody: "Connect one, or keep going alone.",
    eachAStep: "Each change here is a step of its own. Others see yours as you make it.",
    oneStep: "All of this becomes one step in your history.",
    takesBack: "takes it back as a whole.",
    keys: { control: "Ctrl", z: "Z" },
  },

  history: {
    title: "History",
    list: "History entries",
    close: "Close history",
    youAreHere: "You are here",
    emptyTitle: "No steps yet",
    empty: "Every edit and every session lands here.",
    today: "Today",
    yesterday: "Yesterday",
    session: (names: string) => (names === "" ? "Session" : `Session with ${names}`),
    oneUndo: (count: number) => `${changeCount(count)}, one undo`,
    more: (count: number) => `${count} more`,
    tookBack: (names: string) => (names === "" ? "Took back agents’ work" : `Took back work by ${names}`),
    takenBack: (count: number) => `${changeCount(count)}, your own stay`,
    undoSession: "Undo this session",
    undoStep: "Undo last step",
    redoSession: "Redo session",
    redoStep: "Redo",
    incomplete: "The server was out of reach at the end. Late changes may be missing.",
  },

  offline: {
    title: "You are offline.",
    text: "Keep editing, your changes are kept in this browser.",
    kept: (count: number) => `${changeCount(count)} ${are(count)} waiting.`,
    back: "Back online.",
    saved: (count: number) => `${changeCount(count)} saved.`,
  },

  serverGone: {
    title: "The server is not answering",
    text: "It is tried again by itself. Keep editing.",
    kept: (count: number) => (count === 0 ? "All your changes were saved." : keptHere(count)),
    download: "Download a copy",
    goOn: "Keep editing",
    fileName: "template.json",
  },

  failed: {
    start: "No session could be started.",
    reason: (message: string, code: number) => `${message} (${code})`,
    change: "That change was not made.",
    tryAgain: "Try again",
    startSession: "Start session",
    part: "A part of the editor did not load. Check the connection and try again.",
    general: "Something broke in this session.",
    gone: ["This session no longer exists.", "Start a new one to work with agents."],
    notAllowed: ["You can look, not edit.", "Ask the owner of this template for access."],
    seats: (count: string) => `All ${count === "" ? "" : `${count} `}seats are taken.`,
    seatsText: "Try again when one leaves.",
    closed: ["The server closed this session.", "What you see here is kept in this browser."],
    lost: ["The connection was lost for too long, so the session ended.", "What you see here is kept in this browser."],
    unsent: ["A change did not reach the server.", "It is kept here and sent again with the next one."],
  },

  empty: {
    title: "Start with a row",
    text: "Add one here, or let an agent build the first draft.",
    addRow: "Add a row",
    agent: "Work with agent",
  },

  notifications: "Notifications",
} as const;
