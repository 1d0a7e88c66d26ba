import type { JSX } from "preact";
import { IconButton } from "../shell/icon-button.tsx";
import { useEditor } from "../state/editor-context.ts";
import { connectWords } from "./connect-words.ts";
import { copyText } from "./copy.ts";

/** Copies a text; `what` names it for readers and in the message. */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }): JSX.Element {
  const editor = useEditor();
  return (
    <IconButton
      icon="copy"
      iconSize="s"
      label={connectWords.copy(what)}
      onClick={() => void copyText(editor, what, text)}
    />
  );
}
