import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX, TargetedKeyboardEvent } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../icons/icon.tsx";
import { propertyWords } from "./property-words.ts";

/** Takes over what was entered; answers with the reason when it can't be. */
export type Commit<Value> = (value: Value) => string | undefined;

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly icon?: string;
  readonly unit?: string;
  readonly class?: string;
  readonly inputClass?: string;
  readonly isNumeric?: boolean;
  readonly isReadOnly?: boolean;
  readonly id?: string;
  readonly before?: ComponentChildren;
  commit: Commit<string>;
}

/** A field that takes over its text on Enter or when it is left, and gets it back on Escape. */
export function TextField(props: TextFieldProps): JSX.Element {
  const { label, value, icon, unit, before, commit, isNumeric = false, isReadOnly = false } = props;
  const error = useSignal<string | undefined>(undefined);
  /** What was refused stays in the field, so that it can be mended. */
  const refused = useSignal<string | undefined>(undefined);
  const errorId = useId();
  const take = (input: HTMLInputElement) => {
    const entered = input.value;
    const reason = entered === value ? undefined : commit(entered);
    error.value = reason === undefined ? undefined : propertyWords.refused(reason, label);
    refused.value = reason === undefined ? undefined : entered;
    if (reason === undefined) input.value = value;
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") take(event.currentTarget);
    if (event.key !== "Escape") return;
    event.currentTarget.value = value;
    error.value = undefined;
    refused.value = undefined;
    event.currentTarget.blur();
  };
  return (
    <span class="wg-col field">
      <span class={`wg-in ${props.class ?? ""} ${error.value === undefined ? "" : "is-bad"}`}>
        {icon ? <Icon name={icon} class="s" /> : null}
        {before}
        <input
          id={props.id}
          type="text"
          class={props.inputClass}
          aria-label={props.id ? undefined : label}
          aria-invalid={error.value !== undefined}
          aria-describedby={error.value === undefined ? undefined : errorId}
          inputMode={isNumeric ? "numeric" : undefined}
          readOnly={isReadOnly}
          value={refused.value ?? value}
          onChange={(event) => take(event.currentTarget)}
          onKeyDown={onKeyDown}
        />
        {unit ? <span class="unit">{unit}</span> : null}
      </span>
      {error.value === undefined ? null : (
        <span id={errorId} class="hint bad" role="alert">
          {error.value}
        </span>
      )}
    </span>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly unit?: string;
  readonly inputClass?: string;
  commit: Commit<number>;
}

/** A field for a whole number. */
export function NumberField({ label, value, unit, inputClass = "", commit }: NumberFieldProps): JSX.Element {
  return (
    <TextField
      class="sm"
      inputClass={`wg-num ${inputClass}`}
      label={label}
      value={value === undefined ? "" : String(value)}
      isNumeric
      {...(unit ? { unit } : {})}
      commit={(text) => commit(Number(text.trim().replace(/px$|%$/, "")))}
    />
  );
}

const fullHex = /^#[0-9a-f]{6}$/i;
const shortHex = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i;

/** A colour: its value to type, and the browser's own picker behind the swatch. */
export function ColorField({
  label,
  value,
  commit,
}: {
  label: string;
  value: string;
  commit: Commit<string>;
}): JSX.Element {
  const shown = fullHex.test(value) ? value.slice(1).toUpperCase() : value;
  const commitText = (text: string) =>
    commit(/^[0-9a-f]{3}([0-9a-f]{3})?$/i.test(text.trim()) ? `#${text.trim()}` : text.trim());
  return (
    <TextField
      class="sm colour"
      inputClass="wg-num"
      label={label}
      value={shown}
      commit={commitText}
      before={
        <span class="wg-swatch" style={{ "--c": value }}>
          <input
            type="color"
            aria-label={propertyWords.pick(label)}
            value={pickerValue(value)}
            onChange={(event) => void commit(event.currentTarget.value)}
          />
        </span>
      }
    />
  );
}

/** The browser's picker only knows `#rrggbb`. */
function pickerValue(value: string): string {
  return fullHex.test(value)
    ? value
    : value.replace(shortHex, "#$1$1$2$2$3$3").replace(/^(?!#[0-9a-f]{6}$).*$/i, "#000000");
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  commit: Commit<number>;
}

/** A slider that takes over its value when it is let go. */
export function Slider({ label, value, max, commit }: SliderProps): JSX.Element {
  const shown = useSignal<number | undefined>(undefined);
  const position = Math.min(max, shown.value ?? value);
  return (
    <input
      type="range"
      class="wg-slider"
      aria-label={label}
      min={0}
      max={max}
      value={position}
      style={{ "--v": `${(position / max) * 100}%` }}
      onInput={(event) => {
        shown.value = event.currentTarget.valueAsNumber;
      }}
      onChange={(event) => {
        shown.value = undefined;
        commit(event.currentTarget.valueAsNumber);
      }}
    />
  );
}

/** A line of the panel: what it is, and its control. */
export function Property({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="wg-prop">
      <span class="lb">{label}</span>
      {children}
    </div>
  );
}

/** A part of the panel with its heading. */
export function Section({ title, children }: { title?: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class={`wg-sec ${title === undefined ? "first" : ""}`}>
      {title === undefined ? null : (
        <header>
          <h3>{title}</h3>
        </header>
      )}
      {children}
    </section>
  );
}
