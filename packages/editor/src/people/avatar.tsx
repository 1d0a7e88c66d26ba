import type { Actor } from "@waggle/contract";
import type { JSX } from "preact";
import { useEditor } from "../state/editor-context.ts";

interface AvatarProps {
  readonly actor: Actor;
  /** `xs` 16 px, `sm` 20 px, none 24 px, `lg` 32 px. */
  readonly size?: "xs" | "sm" | "lg";
}

/** A circle for a person, a cell for an agent, with the first letter of the name. Hidden from readers. */
export function Avatar({ actor, size }: AvatarProps): JSX.Element {
  const { colors } = useEditor();
  const shape = actor.kind === "agent" ? "agent" : "";
  return (
    <span class={`wg-av ${shape} a${colors.colorOf(actor)} ${size ?? ""}`} aria-hidden="true">
      {initialOf(actor.name)}
    </span>
  );
}

/** Several participants side by side, without repeats. */
export function Avatars({ actors, size }: { actors: readonly Actor[]; size?: "xs" | "sm" }): JSX.Element {
  const distinct = [...new Map(actors.map((actor) => [actor.id, actor])).values()];
  return (
    <span class="wg-avs" aria-hidden="true">
      {distinct.map((actor) => (
        <Avatar key={actor.id} actor={actor} {...(size ? { size } : {})} />
      ))}
    </span>
  );
}

function initialOf(name: string): string {
  return (Array.from(name.trim())[0] ?? "?").toUpperCase();
}
