import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const focusable = "button:not([disabled]), input, select, textarea, a[href], [tabindex='0']";

/** What a sheet or dialog covers. Messages are not covered: they are still said, and lie above. */
const covered = ".wg-main, .wg-sheet";

/**
 * Takes the focus into a sheet or dialog, makes what it covers inert, and gives the focus back when it goes. The keys it
 * returns keep Tab inside and let Escape close.
 */
export function useFocusInside(
  box: RefObject<HTMLElement | null>,
  onClose: () => void,
): (event: KeyboardEvent) => void {
  useLayoutEffect(() => {
    const before = focusedIn(box.current);
    // What is covered loses the focus, a text inside the canvas' frame too.
    const inFrame = focusedInFrame(before);
    const uncover = cover(box.current);
    const root = box.current?.getRootNode();
    box.current?.focus();
    return () => {
      uncover();
      // The box is still there here, and what is removed with the focus in it takes the focus along.
      queueMicrotask(() => giveBack(root, before, inFrame));
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

function focusedIn(box: HTMLElement | null): Element | null {
  const root = box?.getRootNode();
  return root instanceof ShadowRoot ? root.activeElement : null;
}

function focusedInFrame(frame: Element | null): HTMLElement | undefined {
  const focused = frame instanceof HTMLIFrameElement ? frame.contentDocument?.activeElement : undefined;
  // Of another window, so not an `HTMLElement` of this one; what can have the focus has `focus`.
  return focused && "focus" in focused ? (focused as HTMLElement) : undefined;
}

function cover(box: HTMLElement | null): () => void {
  const others = [...(box?.parentElement?.querySelectorAll<HTMLElement>(covered) ?? [])];
  const inertNow = others.filter((other) => other !== box && !other.inert);
  for (const other of inertNow) other.inert = true;
  return () => {
    for (const other of inertNow) other.inert = false;
  };
}

/** The button that was pressed may be gone with what it was for; keys then go on working on the canvas. */
function giveBack(root: Node | undefined, before: Element | null, inFrame: HTMLElement | undefined): void {
  if (!(root instanceof ShadowRoot)) return;
  if (before instanceof HTMLElement && before.isConnected) before.focus();
  if (inFrame?.isConnected) inFrame.focus({ preventScroll: true });
  if (root.activeElement === null) root.querySelector<HTMLElement>(".wg-canvas")?.focus({ preventScroll: true });
}

function keepInside(box: HTMLElement | null, event: KeyboardEvent): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>(focusable) ?? [])].filter(({ tabIndex }) => tabIndex >= 0);
  const focused = focusedIn(box);
  const [first, last] = [stops[0], stops.at(-1)];
  const isLeaving = event.shiftKey ? focused === first || focused === box : focused === last;
  if (!isLeaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
