import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../words.ts";
import { IconButton } from "./icon-button.tsx";

interface SheetProps {
  readonly title: string;
  readonly children: ComponentChildren;
  onClose(): void;
}

/**
 * A sheet over the editor. It takes the focus and gives it back; what it covers is inert through the editor's shell.
 * Escape and a press beside it close it.
 */
export function Sheet({ title, children, onClose }: SheetProps): JSX.Element {
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    const root = sheet.current?.getRootNode();
    const before = root instanceof ShadowRoot ? root.activeElement : null;
    sheet.current?.focus();
    return () => {
      if (before && "focus" in before && typeof before.focus === "function") before.focus();
    };
  }, []);
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
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }}
      >
        <header class="wg-phead">
          <h2 class="wg-h3 wg-grow">{title}</h2>
          <IconButton icon="close" label={words.panels.close(title)} class="lg" onClick={onClose} />
        </header>
        <div class="wg-scroll">{children}</div>
      </section>
    </>
  );
}
