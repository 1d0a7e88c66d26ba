import type { ComponentChildren, JSX } from "preact";

/** One symbol of the icon sheet, as large as its class says: none 20 px, `s` 16 px, `xs` 14 px. Hidden from readers. */
export function Icon({ name, class: size = "" }: { name: string; class?: string }): JSX.Element {
  return (
    <svg class={`wg-i ${size}`} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The mark of the product: the two loops of the waggle dance. */
export function Mark({ size }: { size: number }): JSX.Element {
  return (
    <svg class="wg-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <g transform="rotate(24 16 16)">
        <path d={`M14.3 2.1C6.9 2.9 2 9 2 16s4.9 13.1 12.3 13.9${waggleRun}`} fill="#ffbf3c" />
        <path d={`M17.7 2.1C25.1 2.9 30 9 30 16s-4.9 13.1-12.3 13.9${waggleRun}`} fill="#f09a00" />
      </g>
    </svg>
  );
}

const waggleRun = "c-.8-2.3-.2-3.9.7-5.5 1-1.8 1-3.2 0-5-1.2-2.2-1.2-4.6 0-6.8 1-1.8 1-3.2 0-5-.9-1.6-1.5-3.2-.7-5.5Z";

/** A cell and a circle joined by the dance: shown where nobody is at work yet. */
export function Dance({ width = 112 }: { width?: number }): JSX.Element {
  return (
    <svg class="ill" viewBox="0 0 112 84" width={width} height={width * 0.75} fill="none" aria-hidden="true">
      <g stroke="var(--wg-line-control)" stroke-width="2" stroke-linecap="round" transform="rotate(18 56 42)">
        <path d="M52 72C22 76 10 58 12 40S30 8 52 12" stroke-dasharray=".1 6" />
        <path d="M60 72c30 4 42-14 40-32S82 8 60 12" stroke-dasharray=".1 6" />
        <path
          d="M56 69c-6-3-6-6 0-9s6-6 0-9-6-6 0-9 6-6 0-9-6-6 0-9 6-6 0-9"
          stroke="var(--wg-accent-line)"
          stroke-width="2.5"
        />
      </g>
      <path class="a6" d="M17 23.5 28 30v13l-11 6.5L6 43V30Z" fill="var(--c)" />
      <circle cx="97" cy="52" r="11" fill="var(--wg-accent)" />
    </svg>
  );
}

/** The sheet an illustration is drawn on in thin lines. Hidden from readers. */
export function Illustration({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <svg
      class="ill"
      viewBox="0 0 112 84"
      fill="none"
      stroke="var(--wg-line-control)"
      stroke-width="1.5"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** Empty steps beside a first honey dot: shown where the history is still empty. */
export function EmptySteps(): JSX.Element {
  return (
    <Illustration>
      <path d="M28 16h56v12H28zM28 36h56v12H28zM28 56h56v12H28z" stroke-dasharray="2 4" />
      <circle cx="20" cy="22" r="4" fill="var(--wg-accent)" stroke="var(--wg-accent-line)" />
      <path d="M20 27v36" stroke-dasharray=".1 5" stroke-width="2" stroke-linecap="round" />
    </Illustration>
  );
}

/** A pointer on a dashed box: shown while nothing is selected. */
export function PointerOnBox(): JSX.Element {
  return (
    <Illustration>
      <rect x="22" y="14" width="60" height="40" rx="6" stroke-dasharray="3 5" />
      <path
        d="M64 38 96 50l-14 6-6 14Z"
        fill="var(--wg-accent)"
        stroke="var(--wg-accent-line)"
        stroke-width="2"
        stroke-linejoin="round"
      />
    </Illustration>
  );
}
