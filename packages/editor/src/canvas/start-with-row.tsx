import type { JSX } from "preact";
import { Icon, Illustration } from "../icons/icon.tsx";
import { useEditor } from "../state/editor-context.ts";
import { breakpoints } from "../state/view.ts";
import { startWords } from "./start-words.ts";

/** Shares of the columns in a row, of twelve. */
const layouts = [[12], [6, 6], [4, 8], [4, 4, 4]] as const;

/** Build the first row here, or let an agent begin. */
export function StartWithRow(): JSX.Element {
  const editor = useEditor();
  const hasSession = editor.live.status.value.session !== undefined;
  // One honey button in a view: the top bar has it where there is room.
  const isPhone = editor.view.width.value <= breakpoints.phone;
  const addRow = (columns: readonly number[]) =>
    editor.run(() => editor.select(editor.bee.commands.addSection({ columns: [...columns] }).elementId));
  return (
    <div class="wg-start">
      <div class="wg-empty">
        <SheetOfPaper />
        <h2 class="wg-h2">{startWords.title}</h2>
        <p>{startWords.text}</p>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a grid in every browser */}
      <div class="layouts" role="group" aria-label={startWords.layouts}>
        {layouts.map((shares) => (
          <button
            key={shares.join()}
            type="button"
            aria-label={startWords.layout(shares)}
            title={startWords.layout(shares)}
            onClick={() => addRow(shares)}
          >
            {shares.map((share, index) => (
              <i key={`${index}`} style={{ flex: share }} />
            ))}
          </button>
        ))}
      </div>
      {hasSession ? null : (
        <button
          type="button"
          class={`wg-btn lg ${isPhone ? "primary" : ""}`}
          onClick={() => void editor.startSession()}
        >
          <Icon name="agent" />
          {startWords.agent}
        </button>
      )}
    </div>
  );
}

function SheetOfPaper(): JSX.Element {
  return (
    <Illustration>
      <rect x="30" y="6" width="52" height="72" rx="6" fill="var(--wg-surface)" />
      <rect x="38" y="14" width="36" height="20" rx="3" fill="var(--wg-accent)" stroke="none" />
      <path d="M38 44h36M38 52h28" stroke-linecap="round" />
      <rect x="38" y="62" width="18" height="8" rx="4" fill="var(--wg-line-strong)" stroke="none" />
    </Illustration>
  );
}
