import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Editor } from "./editor.ts";

export const EditorContext = createContext<Editor | undefined>(undefined);

/** The editor a component belongs to; several editors may live in one page. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("A component of the editor was rendered outside of it.");
  return editor;
}
