import type { RouteOptions } from "fastify";

interface Known {
  readonly path: string;
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** The routes there are, to tell a stranger what would have worked. */
export class RouteBook {
  readonly #known = new Map<string, Known>();

  note({ url, method }: Pick<RouteOptions, "url" | "method">): void {
    const known = this.#known.get(url) ?? { path: url, pattern: patternOf(url), methods: new Set() };
    for (const each of [method].flat()) known.methods.add(each);
    this.#known.set(url, known);
  }

  /** Methods that this path is answered to; none when there is no such path. */
  methodsOf(path: string): readonly string[] {
    const matching = [...this.#known.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort();
  }

  /** The path that was meant when only case or slashes are wrong. */
  meantBy(path: string): string | undefined {
    const plain = plainOf(path);
    return [...this.#known.keys()].find((known) => plainOf(known) === plain);
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split("/").map((part) => {
    if (part.startsWith(":")) return "[^/]+";
    return part === "*" ? ".*" : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}

function plainOf(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "")
    .join("/")
    .toLowerCase();
}
