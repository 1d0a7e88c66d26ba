import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icons/icon.tsx";
import { ToolbarButton } from "../shell/toolbar-button.tsx";
import { useEditor } from "../state/editor-context.ts";
import { words } from "../words.ts";
import type { TextEditing, ToolbarMark } from "./text-editing.ts";

const marks: readonly { readonly mark: ToolbarMark; readonly icon: string; readonly label: string }[] = [
  { mark: "strong", icon: "bold", label: words.text.bold },
  { mark: "em", icon: "italic", label: words.text.italic },
  { mark: "underline", icon: "underline", label: words.text.underline },
];

/** Bold, italic, underline and link, for the text being edited. */
export function TextToolbar(): JSX.Element | null {
  const editing = useEditor().textEditing.value;
  if (!editing) return null;
  const { active, link } = editing.state.value;
  return (
    <>
      {marks.map(({ mark, icon, label }, index) => (
        <ToolbarButton
          key={mark}
          icon={icon}
          label={label}
          isPressed={active.has(mark)}
          isFirst={index === 0}
          onPress={() => editing.toggle(mark)}
        />
      ))}
      <ToolbarButton
        icon="link"
        label={words.text.link}
        isPressed={link !== undefined}
        onPress={() => editing.startLink()}
      />
      {editing.isLinking.value ? <LinkField editing={editing} /> : null}
    </>
  );
}

function LinkField({ editing }: { editing: TextEditing }): JSX.Element {
  const address = useSignal(editing.state.peek().link ?? "");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Enter") editing.setLink(address.value);
    else if (event.key === "Escape") editing.cancelLink();
    else return;
    event.preventDefault();
  };
  return (
    <span class="wg-pop f-link">
      <span class="wg-in sm">
        <Icon name="link" class="s" />
        <input
          ref={input}
          type="url"
          aria-label={words.text.linkAddress}
          placeholder={words.text.linkAddress}
          value={address.value}
          onInput={(event) => {
            address.value = event.currentTarget.value;
          }}
          onKeyDown={onKeyDown}
        />
      </span>
      <button type="button" class="wg-btn sm" onClick={() => editing.setLink(address.value)}>
        {words.text.applyLink}
      </button>
      {editing.state.value.link === undefined ? null : (
        <button type="button" class="wg-ib" aria-label={words.text.removeLink} onClick={() => editing.setLink("")}>
          <Icon name="close" class="s" />
        </button>
      )}
    </span>
  );
}
