import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";
import { IconButton } from "../shell/icon-button.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import type { Notice } from "./notices.ts";

/** The notices as bars. Always there, as readers only hear what comes into a region that was. */
export function NoticeBars(): JSX.Element {
  const { notices } = useEditor();
  return (
    <div role="status" aria-live="polite">
      {notices.current.value.map((notice) => (
        <NoticeBar key={notice.topic} notice={notice} />
      ))}
    </div>
  );
}

function NoticeBar({ notice }: { notice: Notice }): JSX.Element {
  const { notices } = useEditor();
  const { topic, tone, icon, title, text, actions } = notice;
  return (
    <div class={`wg-ban ${tone}`}>
      <Icon name={icon} />
      <span class="wg-grow">
        <b>{title}</b> {text}
      </span>
      <span class="acts">
        {actions.map(({ label, run }, index) => (
          <button
            key={label}
            type="button"
            class={`wg-btn sm ${index > 0 ? "ghost" : ""}`}
            onClick={() => {
              notices.dismiss(topic);
              run();
            }}
          >
            {label}
          </button>
        ))}
      </span>
      <IconButton icon="close" iconSize="s" label={words.notices.dismiss} onClick={() => notices.dismiss(topic)} />
    </div>
  );
}
