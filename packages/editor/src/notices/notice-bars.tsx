import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";
import { IconButton } from "../shell/icon-button.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import type { Notice } from "./notices.ts";

/** The notices as bars; what they say was said by the live region. */
export function NoticeBars(): JSX.Element {
  const { notices } = useEditor();
  return (
    <>
      {notices.current.value.map((notice) => (
        <NoticeBar key={notice.topic} notice={notice} />
      ))}
    </>
  );
}

function NoticeBar({ notice }: { notice: Notice }): JSX.Element {
  const { notices } = useEditor();
  const { topic, tone, icon, title, text, actions } = notice;
  return (
    <section class={`wg-ban ${tone}`} aria-label={title}>
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
    </section>
  );
}
