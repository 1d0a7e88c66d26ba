import { pageLimits } from "@waggle/template";

/** How much memory JSON takes, in what `pageLimits` counts. */
export interface JsonSize {
  readonly values: number;
  readonly characters: number;
  /** Levels of nesting below the value itself. */
  readonly depth?: number;
}

/** The limit of templates that this is over, in words that follow "the template"; undefined when it is within all. */
export function overstepped({ values, characters, depth = 0 }: JsonSize): string | undefined {
  if (values > pageLimits.values) return `holds more than ${pageLimits.values} values`;
  if (characters > pageLimits.characters) return `has more than ${pageLimits.characters} characters`;
  return depth > pageLimits.depth ? `is nested more than ${pageLimits.depth} levels deep` : undefined;
}

/**
 * The size of JSON within the limits. `refuse` makes the error for what is over one, from the place as a JSON pointer that
 * starts at the value, and what is wrong with it.
 */
export function sizeOf(json: unknown, refuse: (pointer: string, what: string) => Error): JsonSize {
  const size = { values: 1, characters: 0, depth: 0 };
  // No recursion: JSON of some thousand levels is what this is to find.
  const open: Place[] = [{ value: json, depth: 0 }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, depth } = place;
    const own = ownSize(value);
    size.values += own.values;
    size.characters += own.characters;
    size.depth = Math.max(size.depth, depth);
    const what = overstepped(size);
    if (what !== undefined) throw refuse(pointerOf(place), what);
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inside] of Object.entries(value)) {
      const isLeaf = typeof inside !== "string" && (typeof inside !== "object" || inside === null);
      if (!isLeaf) open.push({ value: inside, depth: depth + 1, key, above: place });
    }
  }
  return size;
}

/** A value's own part: how many it holds directly, and the characters of their names. */
function ownSize(value: unknown): { values: number; characters: number } {
  if (typeof value === "string") return { values: 0, characters: value.length };
  if (Array.isArray(value)) return { values: value.length, characters: 0 };
  if (typeof value !== "object" || value === null) return { values: 0, characters: 0 };
  const keys = Object.keys(value);
  return { values: keys.length, characters: keys.reduce((sum, key) => sum + key.length, 0) };
}

interface Place {
  readonly value: unknown;
  readonly depth: number;
  readonly key?: string;
  readonly above?: Place;
}

function pointerOf({ key, above }: Place): string {
  if (key === undefined || above === undefined) return "";
  return `${pointerOf(above)}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
