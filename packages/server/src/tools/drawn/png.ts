import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";

/** Pixels from the top left, three bytes each: red, green, blue. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const compress = promisify(deflate);
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const channels = 3;
const trueColor = 2;
/** Numbers of PNG's row filters. */
const subFilter = 1;
const upFilter = 2;

/** A PNG file of 8 bits a channel, as every mail client shows it. Compressed in another thread. */
export async function encodePng(pixels: Pixels): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels.width, 0);
  header.writeUInt32BE(pixels.height, 4);
  header.set([8, trueColor, 0, 0, 0], 8);
  const body = await compress(filtered(pixels), { level: 7 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", body), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** Each row as its difference from what is left of it or from the row above, whichever leaves less to store. */
function filtered({ width, height, rgb }: Pixels): Uint8Array {
  const stride = width * channels;
  const lines = new Uint8Array(height * (stride + 1));
  const bySub = new Uint8Array(stride);
  const byUp = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const from = y * stride;
    let [left, up] = [0, 0];
    for (let at = 0; at < stride; at++) {
      const value = rgb[from + at] ?? 0;
      const sub = (value - (at < channels ? 0 : (rgb[from + at - channels] ?? 0))) & 0xff;
      const above = (value - (y === 0 ? 0 : (rgb[from + at - stride] ?? 0))) & 0xff;
      bySub[at] = sub;
      byUp[at] = above;
      left += awayFromNothing(sub);
      up += awayFromNothing(above);
    }
    const start = y * (stride + 1);
    lines[start] = left < up ? subFilter : upFilter;
    lines.set(left < up ? bySub : byUp, start + 1);
  }
  return lines;
}

/** Differences are kept modulo 256: 255 is one less than nothing. */
function awayFromNothing(byte: number): number {
  return byte < 128 ? byte : 256 - byte;
}
