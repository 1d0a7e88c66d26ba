import { JSONPathEnvironment, type JSONPathNode, type JSONPathQuery, jsonpath } from "json-p3";

/** More would be no template any more; stops paths that find everything many times over. */
export const mostFound = 10_000;
/**
 * What one path may take, and all paths of a request together: a step is a value looked at, times the levels it stands
 * deep, for that many names are put into its location. A template of some thousand values can be searched through some
 * hundred times, the largest that there may be once or a few times.
 */
const mostSteps = { path: 2_000_000, request: 8_000_000 };

const environment = new JSONPathEnvironment({ strict: true, maxRecursionDepth: 256 });
// Regular expressions of strangers can run for minutes, and the other functions walk whole subtrees at every place.
environment.functionRegister.clear();

/** Counts what paths have looked at. */
export class Steps {
  #left = mostSteps.request;
  #leftOfPath = 0;

  startPath(): void {
    this.#leftOfPath = mostSteps.path;
  }

  /** Whether there were so many left. */
  take(count: number): boolean {
    this.#left -= count;
    this.#leftOfPath -= count;
    return this.#left >= 0 && this.#leftOfPath >= 0;
  }
}

interface Search {
  readonly document: unknown;
  readonly path: string;
  readonly steps: Steps;
  /** The error that says why a path is not followed. */
  readonly refuse: (why: string, cause?: unknown) => Error;
}

/** The places in the document that the path finds. Throws what `refuse` makes of a path that can't be followed. */
export function findPlaces({ document, path, steps, refuse }: Search): JSONPathNode[] {
  const query = compile(path, refuse);
  steps.startPath();
  const watch: Watch = {
    refuse: (why) => refuse(why),
    spend: (count) => {
      if (!steps.take(count))
        throw refuse("takes too long to follow. Name the way, as in $.page.rows[0], or send fewer paths.");
    },
  };
  watchQuery(query, watch);
  const found: JSONPathNode[] = [];
  // The library's own type of JSON can be written to; only reading is asked of it.
  for (const node of query.lazyQuery(document as Parameters<typeof query.lazyQuery>[0])) {
    found.push(node);
    if (found.length > mostFound) throw refuse(tooMany);
  }
  return found;
}

const tooMany = `finds more than ${mostFound} places. Name fewer.`;

function compile(path: string, refuse: Search["refuse"]): JSONPathQuery {
  try {
    return environment.compile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it can't be read";
    throw refuse(`is no JSONPath: ${reason}. One of a row is $..rows[?(@.metadata.uid=='u1')].`, error);
  }
}

interface Watch {
  readonly spend: (steps: number) => void;
  readonly refuse: (why: string) => Error;
}

/** Everything a path looks at, it looks at through a selector: puts one that counts in the place of each. */
function watchQuery(query: JSONPathQuery, watch: Watch): void {
  for (const { selectors } of query.segments) {
    selectors.forEach((selector, index) => {
      const weight =
        selector instanceof jsonpath.selectors.FilterSelector ? watchFilter(selector.expression, watch) : 1;
      selectors[index] = new WatchedSelector(selector, { ...watch, weight });
    });
  }
}

/** Refuses what makes a filter look beyond the place it is asked about; answers with the number of its parts. */
function watchFilter(expression: jsonpath.expressions.FilterExpression, watch: Watch): number {
  const { LogicalExpression, PrefixExpression, InfixExpression, RootQuery, RelativeQuery } = jsonpath.expressions;
  if (expression instanceof LogicalExpression) return watchFilter(expression.expression, watch);
  if (expression instanceof PrefixExpression) return 1 + watchFilter(expression.right, watch);
  if (expression instanceof InfixExpression) {
    const { left, right, logical } = expression;
    if (!logical && left instanceof RelativeQuery && right instanceof RelativeQuery)
      throw watch.refuse(
        "compares two places in a filter. Name a text, a number, true, false or null to compare with.",
      );
    return 1 + watchFilter(left, watch) + watchFilter(right, watch);
  }
  if (expression instanceof RootQuery)
    throw watch.refuse("asks for $ inside a filter. Name a way from @, the place the filter is asked about.");
  if (expression instanceof RelativeQuery) {
    const { segments } = expression.path;
    if (segments.some((segment) => segment instanceof descendant))
      throw watch.refuse("descends with .. inside a filter. Name the way from @, as in @.metadata.uid.");
    watchQuery(expression.path, watch);
  }
  return 1;
}

/** The library does not give this class a name to the outside. */
const descendant = Object.getPrototypeOf(environment.compile("$..a").segments[0]).constructor as new () => object;

/** A selector that counts what it looks at before it does. */
class WatchedSelector extends jsonpath.JSONPathSelector {
  readonly #selector: jsonpath.JSONPathSelector;
  readonly #watch: Watch & { readonly weight: number };

  constructor(selector: jsonpath.JSONPathSelector, watch: Watch & { readonly weight: number }) {
    super(selector.environment, selector.token);
    this.#selector = selector;
    this.#watch = watch;
  }

  override resolve(node: JSONPathNode): JSONPathNode[] {
    const { spend, weight, refuse } = this.#watch;
    spend((1 + this.#looksAt(node.value) * weight) * (1 + node.location.length));
    const found = this.#selector.resolve(node);
    // The library hands lists of any length to a function as its arguments, and the stack holds only so many.
    if (found.length > mostFound) throw refuse(tooMany);
    return found;
  }

  override *lazyResolve(node: JSONPathNode): Generator<JSONPathNode> {
    yield* this.resolve(node);
  }

  override toString(): string {
    return this.#selector.toString();
  }

  /** Values below this one that come into question. */
  #looksAt(value: unknown): number {
    const { NameSelector, IndexSelector } = jsonpath.selectors;
    if (this.#selector instanceof NameSelector || this.#selector instanceof IndexSelector) return 0;
    if (Array.isArray(value)) return value.length;
    return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
  }
}
