import { useComputed } from "@preact/signals";
import { childrenOf, rootId } from "@waggle/template";
import type { JSX } from "preact";
import { useEditor } from "../state/editor-context.ts";

/** What to do with a template that has no rows yet; nothing for one that has. */
export function EmptyTemplate(): JSX.Element | null {
  const { live, parts } = useEditor();
  const isEmpty = useComputed(() => live.status.value.ready && childrenOf(live.template.value, rootId).length === 0);
  const StartWithRow = isEmpty.value ? parts.use("start")?.StartWithRow : undefined;
  return StartWithRow ? <StartWithRow /> : null;
}
