import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { words } from "../words.ts";
import { useFocusInside } from "./focus-inside.ts";
import { IconButton } from "./icon-button.tsx";

interface SheetProps {
  readonly title: string;
  /** A sentence below the title, which then is a large one. */
  readonly text?: string;
  readonly children: ComponentChildren;
  /** Stays in view below what scrolls. */
  readonly foot?: ComponentChildren;
  onClose(): void;
}

/**
 * A sheet over the editor. It takes the focus and gives it back; what it covers is inert. Escape and a press beside it
 * close it.
 */
export function Sheet({ title, text, children, foot, onClose }: SheetProps): JSX.Element {
  const sheet = useRef<HTMLElement>(null);
  const onKeyDown = useFocusInside(sheet, onClose);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and the close button do the same */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div class="wg-scrim" onClick={onClose} />
      <section
        ref={sheet}
        class="wg-sheet side"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <header class={text === undefined ? "wg-phead" : "sh"}>
          <span class="wg-grow">
            <h2 class={text === undefined ? "wg-h3" : "wg-h2"}>{title}</h2>
            {text === undefined ? null : <p class="wg-2">{text}</p>}
          </span>
          <IconButton icon="close" label={words.panels.close(title)} class="lg" onClick={onClose} />
        </header>
        <div class="wg-scroll">{children}</div>
        {foot === undefined ? null : <footer class="sf">{foot}</footer>}
      </section>
    </>
  );
}
