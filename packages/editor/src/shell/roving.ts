const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Moves the focus among the buttons of a toolbar with the arrow keys, Home and End. */
export function rovingKeys(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button:not([disabled])")];
  const index = buttons.findIndex((button) => button.matches(":focus"));
  if (index < 0) return;
  const step = steps[event.key];
  const ends: Readonly<Record<string, number>> = { Home: 0, End: buttons.length - 1 };
  const next = step === undefined ? ends[event.key] : (index + step + buttons.length) % buttons.length;
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  // Tab comes back to where the arrows went.
  for (const button of buttons) button.tabIndex = button === buttons[next] ? 0 : -1;
  buttons[next]?.focus();
}
