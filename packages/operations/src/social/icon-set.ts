import { type IconStyle, type Network, networks } from "./networks.ts";

/** Pictures of Tabler Icons (MIT licence), of a version that never changes. No account is needed. */
const publicFolder = "https://cdn.jsdelivr.net/npm/@tabler/icons-png@3.48.0/icons";

const styles: readonly IconStyle[] = ["outline", "filled"];

/** Where the pictures of known networks are: `<folder>/<style>/<file>.png`, black on a clear ground. */
export class IconSet {
  readonly #folder: string;
  readonly #known: ReadonlyMap<string, { readonly network: Network; readonly style: IconStyle }>;

  /** @param folder address of a copy of the folders `outline` and `filled`, instead of the public one. */
  constructor(folder: string = publicFolder) {
    this.#folder = folder.replace(/\/+$/, "");
    const folders = [publicFolder, this.#folder];
    const entries = folders.flatMap((each) =>
      networks.flatMap((network) =>
        styles.map((style) => [`${each}/${style}/${network.file}.png`, { network, style }] as const),
      ),
    );
    this.#known = new Map(entries);
  }

  /** The picture of a network; its outline where the style has none of it. */
  address({ file, hasFilled }: Network, style: IconStyle): string {
    return `${this.#folder}/${hasFilled ? style : "outline"}/${file}.png`;
  }

  /** Which picture of the set an address leads to. */
  find(address: string): { readonly network: Network; readonly style: IconStyle } | undefined {
    return this.#known.get(address);
  }
}

/** The set that is used where a host has none of its own. */
export const publicIcons = new IconSet();
