import { signal } from "@preact/signals";

/** The parts of the editor that are not on the first screen; each comes with its own styles when it is first shown. */
const loaders = {
  history: () => import("../history/history-part.ts"),
  properties: () => import("../properties/properties-part.ts"),
  session: () => import("../session/session-part.ts"),
  start: () => import("../canvas/start-part.ts"),
} as const;

type PartName = keyof typeof loaders;
type Loaded = { readonly [Name in PartName]?: Awaited<ReturnType<(typeof loaders)[Name]>> };

interface PartsHost {
  /** Makes the styles of a part hold in the editor. */
  adopt(styles: string): void;
  failed(): void;
}

/** Loads parts of the editor when they are needed. */
export class Parts {
  readonly #host: PartsHost;
  readonly #loaded = signal<Loaded>({});
  readonly #loading = new Set<PartName>();

  constructor(host: PartsHost) {
    this.#host = host;
  }

  /** The part, or undefined until it is here; whoever draws with it is drawn again then. */
  use<Name extends PartName>(name: Name): Loaded[Name] {
    const loaded = this.#loaded.value[name];
    if (!loaded) this.prepare(name);
    return loaded;
  }

  /** Starts loading a part, so that it is there when somebody asks for it. */
  prepare(name: PartName): void {
    if (this.#loading.has(name)) return;
    this.#loading.add(name);
    loaders[name]().then(
      (part) => {
        this.#host.adopt(part.styles);
        this.#loaded.value = { ...this.#loaded.peek(), [name]: part };
      },
      () => {
        // The next one who asks tries again.
        this.#loading.delete(name);
        this.#host.failed();
      },
    );
  }
}
