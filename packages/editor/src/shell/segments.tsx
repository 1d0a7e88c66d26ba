import type { JSX } from "preact";
import { Icon } from "../icons/icon.tsx";

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Shown instead of the label, which then is only read out. */
  readonly icon?: string;
}

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value | undefined;
  readonly class?: string;
  onChoose(value: Value): void;
}

/** A row of choices of which one is on. */
export function Segments<Value extends string>(props: SegmentsProps<Value>): JSX.Element {
  const { label, segments, value, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a flex row in every browser
    <div class={`wg-seg ${props.class ?? ""}`} role="group" aria-label={label}>
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === value}
          {...(segment.icon ? { "aria-label": segment.label, title: segment.label } : {})}
          onClick={() => onChoose(segment.value)}
        >
          {segment.icon ? <Icon name={segment.icon} /> : segment.label}
        </button>
      ))}
    </div>
  );
}
