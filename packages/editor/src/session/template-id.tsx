import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";
import type { Editor } from "../state/editor.ts";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";

/** The id an agent needs to join, with a button that copies it. */
export function TemplateId({ templateId }: { templateId: string }): JSX.Element {
  const editor = useEditor();
  const name = words.session.copyId(templateId);
  return (
    <button
      type="button"
      class="wg-btn sm ghost wg-tid"
      title={name}
      aria-label={name}
      onClick={() => void copy(editor, templateId)}
    >
      <code class="wg-mono">{templateId}</code>
      <Icon name="copy" />
    </button>
  );
}

async function copy(editor: Editor, templateId: string): Promise<void> {
  const copied = await navigator.clipboard?.writeText(templateId).then(
    () => true,
    // Clipboards are refused to some embedded pages; the person then copies by hand.
    () => false,
  );
  const text = copied ? words.session.copied : words.session.copyFailed(templateId);
  editor.toasts.add({ sign: copied ? "copy" : "warn", text, topic: "copy" });
  editor.announce(text);
}
