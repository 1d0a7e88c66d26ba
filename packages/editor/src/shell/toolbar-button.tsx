import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";

interface ToolbarButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly isPressed?: boolean;
  /** Whether Tab reaches this one; arrows reach the others. */
  readonly isFirst?: boolean;
  onPress(): void;
}

/** A button of a toolbar over the email. It never takes the focus from the text being edited. */
export function ToolbarButton({ icon, label, isPressed, isFirst = false, onPress }: ToolbarButtonProps): JSX.Element {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      tabIndex={isFirst ? 0 : -1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
