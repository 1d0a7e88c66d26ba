// What comes with the first template, besides the parser of its texts.
export { exportPage, importPage } from "@waggle/template";
export { createEditCommands } from "./commands.ts";
export { undoing } from "./history/undoing.ts";
