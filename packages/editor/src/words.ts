/** Every text a person reads or hears in the editor. Names before roles, numbers as figures, present tense. */

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
    copyId: (templateId: string) => `Copy template id ${templateId}`,
    copied: "Template id copied",
    copyFailed: (templateId: string) => `The browser did not allow copying. The template id is ${templateId}.`,
    idHint: "Give this template id to your agent.",
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
    "agents-left": (names: string, count: number) => [
      "Session ended.",
      names === ""
        ? `${changeCount(count)}, one step in your history.`
        : `${names} made ${changeCount(count)}, one step in your history.`,
    ],
    timeout: (_names: string, count: number) => ["Session ended after its time.", `${changeCount(count)} are kept.`],
    expired: (_names: string, count: number) => ["Session ended after its time.", `${changeCount(count)} are kept.`],
    "second-person": (_names: string, count: number) => [
      "A second person joined, so the agent session ended.",
      `${changeCount(count)} are kept.`,
    ],
    "new-template": (_names: string, count: number) => [
      "A new template was loaded, so the session ended.",
      `The old one kept its ${changeCount(count)}.`,
    ],
    stopped: (_names: string, count: number) => [
      "Session stopped.",
      `${changeCount(count)} are one step in your history.`,
    ],
  },

  undo: {
    all: "Undo all",
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
    undoSession: "Undo this session",
    undoStep: "Undo last step",
    redoSession: "Redo session",
    redoStep: "Redo",
    incomplete: "The server was out of reach at the end. Late changes may be missing.",
  },

  offline: {
    title: "You are offline.",
    text: "Keep editing, your changes are kept in this browser and sent when you are back.",
  },

  failed: {
    start: "No session could be started.",
    reason: (message: string, code: number) => `${message} (${code})`,
    dismiss: "Dismiss",
    change: "That change was not made.",
  },

  notifications: "Notifications",
} as const;
