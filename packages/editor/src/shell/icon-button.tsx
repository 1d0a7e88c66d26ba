import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";

interface IconButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly class?: string;
  readonly iconSize?: "s" | "xs";
  readonly disabled?: boolean;
  /** For buttons that stay on: undefined for those that don't. */
  readonly isPressed?: boolean;
  onClick(): void;
}

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon, label, iconSize, disabled = false, isPressed, onClick } = props;
  return (
    <button
      type="button"
      class={`wg-ib ${props.class ?? ""}`}
      aria-label={label}
      title={label}
      disabled={disabled}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <Icon name={icon} class={iconSize ?? ""} />
    </button>
  );
}
