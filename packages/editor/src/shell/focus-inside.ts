import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const focusable = "button:not([disabled]), input, select, textarea, a[href], [tabindex='0']";

/**
 * Takes the focus into a sheet or dialog and gives it back when it goes. The keys it returns keep Tab inside and let
 * Escape close.
 */
export function useFocusInside(
  box: RefObject<HTMLElement | null>,
  onClose: () => void,
): (event: KeyboardEvent) => void {
  // Before the next frame: what becomes inert loses the focus with it.
  useLayoutEffect(() => {
    const root = box.current?.getRootNode();
    const before = root instanceof ShadowRoot ? root.activeElement : null;
    box.current?.focus();
    return () => {
      // What was covered is still inert here.
      queueMicrotask(() => {
        if (before && "focus" in before && typeof before.focus === "function") before.focus();
      });
    };
  }, [box]);
  return (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key === "Tab") keepInside(box.current, event);
  };
}

function keepInside(box: HTMLElement | null, event: KeyboardEvent): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>(focusable) ?? [])].filter(({ tabIndex }) => tabIndex >= 0);
  const root = box?.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : null;
  const [first, last] = [stops[0], stops.at(-1)];
  const isLeaving = event.shiftKey ? focused === first || focused === box : focused === last;
  if (!isLeaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
