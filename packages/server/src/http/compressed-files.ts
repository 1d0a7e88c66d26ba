import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

type Encoding = "br" | "gzip";

const compressWith: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** Smaller answers would not become smaller. */
const worthwhileBytes = 1024;
const compressibleTypes = /^(text\/|application\/json|image\/svg)/;

export interface CompressibleFile {
  readonly path: string;
  readonly size: number;
  /** Changes when the content does. */
  readonly tag: string;
}

export interface CompressedFile {
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

/** Files compressed once and kept: the editor's build is a few of them, and browsers ask for the same ones again and again. */
export class CompressedFiles {
  readonly #kept = new Map<string, Promise<Buffer>>();

  /** The file as this browser takes it, or undefined when it is to be sent as it is. */
  async find(
    file: CompressibleFile,
    { accept, type }: { accept: string; type: string },
  ): Promise<CompressedFile | undefined> {
    const encoding = encodingFor(accept);
    if (!encoding || file.size < worthwhileBytes || !compressibleTypes.test(type)) return undefined;
    const key = `${encoding} ${file.tag} ${file.path}`;
    const known = this.#kept.get(key);
    if (known) return { encoding, bytes: await known };
    const made = readFile(file.path).then(compressWith[encoding]);
    this.#kept.set(key, made);
    try {
      return { encoding, bytes: await made };
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}

function encodingFor(accept: string): Encoding | undefined {
  const offered = new Map(accept.split(",").map((each) => parseOffer(each)));
  const takes = (encoding: Encoding): boolean => (offered.get(encoding) ?? 0) > 0;
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : undefined;
}

/** "gzip;q=0.8" → ["gzip", 0.8] */
function parseOffer(offer: string): readonly [string, number] {
  const [name = "", ...parameters] = offer.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  return [name, quality === undefined ? 1 : Number(quality.slice(2))];
}
