import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../icons/icon.tsx";
import { Dialog } from "../shell/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";

/** A server that restarts is back sooner; whoever works on is not held up for that. */
const patienceMs = 8000;

/** Said once per outage, when the network is there and the server is not: what is safe, and how to make it safer. */
export function ServerGone(): JSX.Element | null {
  const editor = useEditor();
  const { session, unsavedChanges = 0 } = editor.live.status.value;
  const isAway = session?.state === "reconnecting";
  const isShown = useSignal(false);
  useEffect(() => {
    isShown.value = false;
    if (!isAway) return undefined;
    return editor.clock.after(patienceMs, () => {
      isShown.value = navigator.onLine;
    });
  }, [isAway, editor, isShown]);
  if (!isShown.value) return null;
  const close = () => {
    isShown.value = false;
  };
  return (
    <Dialog
      title={words.serverGone.title}
      text={`${words.serverGone.text} ${words.serverGone.kept(unsavedChanges)}`}
      onClose={close}
    >
      <button
        type="button"
        class="wg-btn"
        onClick={() => void download(editor).catch((error: unknown) => editor.report(error))}
      >
        <Icon name="file" class="s" />
        {words.serverGone.download}
      </button>
      <button type="button" class="wg-btn primary" onClick={close}>
        {words.serverGone.goOn}
      </button>
    </Dialog>
  );
}

/** Saves the template as it is here as a file. */
async function download(editor: Editor): Promise<void> {
  const { data } = await editor.bee.getTemplateJson();
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(data.json, undefined, 2)], { type: "application/json" }),
  );
  const link = document.createElement("a");
  link.href = address;
  link.download = words.serverGone.fileName;
  link.click();
  URL.revokeObjectURL(address);
}
