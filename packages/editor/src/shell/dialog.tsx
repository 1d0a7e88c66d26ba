import type { ComponentChildren, JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import { Dance } from "../icons/icon.tsx";
import { useFocusInside } from "./focus-inside.ts";

interface DialogProps {
  readonly title: string;
  readonly text: string;
  /** The buttons, the one to press last. */
  readonly children: ComponentChildren;
  onClose(): void;
}

/** A question or warning that has to be seen at once. Escape closes it. */
export function Dialog({ title, text, children, onClose }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLElement>(null);
  const id = useId();
  const onKeyDown = useFocusInside(dialog, onClose);
  return (
    <>
      <div class="wg-scrim" />
      <section
        ref={dialog}
        class="wg-sheet mid"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <div class="wg-empty">
          <Dance />
          <h2 class="wg-h2" id={`${id}-title`}>
            {title}
          </h2>
          <p id={`${id}-text`}>{text}</p>
        </div>
        <div class="buttons">{children}</div>
      </section>
    </>
  );
}
