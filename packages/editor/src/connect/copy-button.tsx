import type { JSX } from "preact";
import { IconButton } from "../shell/icon-button.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import { copyText } from "./copy.ts";

/** Copies a text; `what` names it for readers and in the message. */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }): JSX.Element {
  const editor = useEditor();
  return (
    <IconButton
      icon="copy"
      iconSize="s"
      label={words.connect.copy(what)}
      onClick={() => void copyText(editor, what, text)}
    />
  );
}
