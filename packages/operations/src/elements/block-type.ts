import { type ModuleType, moduleTypeOf, type NodeData } from "@waggle/template";

/** What agents call a module type: the words of the tools, `title` for a heading. */
export function blockTypeOf(node: NodeData): string {
  return blockTypeName(moduleTypeOf(node));
}

export function blockTypeName(type: ModuleType): string {
  return type === "heading" ? "title" : type;
}
