import type { Editor } from "../state/editor.ts";
import { connectWords } from "./connect-words.ts";

/** Puts a text on the clipboard and says so, or says the text where the browser does not allow it. */
export async function copyText(editor: Editor, what: string, text: string): Promise<void> {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    // Clipboards are refused to some embedded pages; the person then copies by hand.
    () => false,
  );
  const said = copied ? connectWords.copied(what) : connectWords.copyFailed;
  editor.toasts.add({ sign: copied ? "copy" : "warn", text: said, topic: "copy" });
  editor.announce(said);
}
