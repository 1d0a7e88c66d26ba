export { createEditor, type EditorConfig, type EditorFace } from "./create-editor.ts";
export { type MountedEditor, type MountOptions, mountEditor, type Theme } from "./mount-editor.tsx";
