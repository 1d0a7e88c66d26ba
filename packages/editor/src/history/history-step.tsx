import type { HistoryEntry } from "@waggle/sdk";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { clockTime } from "../activity/age.ts";
import { Icon } from "../icons/icon.tsx";
import { Avatar, Avatars } from "../people/avatar.tsx";
import type { Editor } from "../state/editor.ts";
import { useEditor } from "../state/editor-context.ts";
import { historyWords } from "./history-words.ts";

interface HistoryStepProps {
  readonly entry: HistoryEntry;
  /** The newest step that holds. */
  readonly isHere: boolean;
  readonly isOpen: boolean;
  onToggle(entryId: string): void;
}

const changesShown = 6;

/** One step, drawn again only when something in it changed. A session opens to its changes. */
export function HistoryStep(props: HistoryStepProps): JSX.Element {
  const { entry, isHere, isOpen, onToggle } = props;
  return useMemo(() => <Step {...props} />, [entry, isHere, isOpen, onToggle]);
}

function Step({ entry, isHere, isOpen, onToggle }: HistoryStepProps): JSX.Element {
  const editor = useEditor();
  const isSession = entry.kind === "agent-session";
  const canOpen = (isSession || entry.kind === "revert") && entry.changes.length > 0;
  const [title, detail] = titleOf(editor, entry);
  const body = (
    <>
      <span class="hi">
        <StepSign entry={entry} />
      </span>
      <span class="wg-grow">
        <span class="ht">{title}</span>
        {detail === "" ? null : <span class="hs">{detail}</span>}
      </span>
      <span class="wg-mute wg-num when">{clockTime(entry.at)}</span>
      {canOpen ? <Icon name={isOpen ? "chevron-down" : "chevron-right"} class="xs" /> : null}
    </>
  );
  return (
    <li class={`he ${isHere ? "is-sel" : ""} ${entry.undone ? "und" : ""}`} aria-current={isHere ? "step" : undefined}>
      {canOpen ? (
        <button type="button" aria-expanded={isOpen} onClick={() => onToggle(entry.id)}>
          {body}
        </button>
      ) : (
        <div class="line">{body}</div>
      )}
      {canOpen && isOpen ? <Changes entry={entry} /> : null}
      {entry.incomplete ? <p class="hs note">{historyWords.incomplete}</p> : null}
    </li>
  );
}

function StepSign({ entry }: { entry: HistoryEntry }): JSX.Element {
  const { self } = useEditor();
  if (entry.kind === "agent-session") return <Avatars actors={entry.agents} size="sm" />;
  if (entry.undone || entry.kind === "revert") return <Icon name="undo" class="s" />;
  return <Avatar actor={self} size="sm" />;
}

function titleOf(editor: Editor, entry: HistoryEntry): readonly [title: string, detail: string] {
  if (entry.kind === "own") {
    const [first, ...others] = entry.changes;
    const [, what = entry.label, values = ""] = /^(.*?) (“[\s\S]*)$/.exec(first?.sentence ?? "") ?? [];
    return [what, [values, others.length > 0 ? historyWords.more(others.length) : ""].filter(Boolean).join(", ")];
  }
  const names = editor.namesOf(entry.agents);
  if (entry.kind === "revert") {
    return [historyWords.tookBack(names), historyWords.takenBack(entry.changes.length)];
  }
  return [historyWords.session(names), historyWords.oneUndo(entry.changes.length)];
}

function Changes({ entry }: { entry: HistoryEntry }): JSX.Element {
  const shown = entry.changes.slice(0, changesShown);
  const hidden = entry.changes.length - shown.length;
  return (
    <ul>
      {shown.map(({ elementId, sentence, actor }, index) => (
        <li key={`${elementId} ${index}`}>
          <Avatar actor={actor} size="xs" />
          <span>{sentence}</span>
        </li>
      ))}
      {hidden > 0 ? <li class="more">{historyWords.more(hidden)}</li> : null}
    </ul>
  );
}
