/** Origin of every transaction the SDK itself makes. */
export interface LocalOrigin {
  readonly kind: "local";
  readonly source: "command" | "history" | "load";
  /** Name of the operation. */
  readonly operation: string;
}

export function localOrigin(source: LocalOrigin["source"], operation: string): LocalOrigin {
  return { kind: "local", source, operation };
}

export function isLocalOrigin(origin: unknown): origin is LocalOrigin {
  return typeof origin === "object" && origin !== null && "kind" in origin && origin.kind === "local";
}
