import { readFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { sessionOptions } from "../../onnx-session";
import { type Picture, type Quad, straighten, toPlanes, turned } from "../picture";
import { resize } from "../resize";
import { readLetters } from "./read-letters";
import { type PlacedText, readingOrder } from "./reading-order";
import { corners, type Rectangle, scaled } from "./rectangle";
import { textRegions } from "./text-regions";

/** Longest edge of the picture in which text is looked for; it is read from the larger one. */
const DETECTION_EDGE = 1536;
/** Sizes that the detector takes are multiples of this. */
const STEP = 32;
const LINE_HEIGHT = 48;
const NARROWEST_LINE = 320;
const WIDEST_LINE = 3200;
const SURE_ENOUGH = 0.5;
/** Taller than wide by this much: the letters stand below one another or the page lies on its side. */
const UPRIGHT = 1.5;
const isTall = (region: Rectangle): boolean => region.height > region.width * UPRIGHT;
/** Lines that are read both ways to see how a page is held, and how sure of them one must be to turn it. */
const TRIED_LINES = 3;
const SURE_TURN = 0.6;
const CLEARLY_SURER = 0.1;

const means = [0.485, 0.456, 0.406];
const deviations = [0.229, 0.224, 0.225];

/** Finds and reads printed text in Chinese and English (PP-OCR v4). */
export class TextReader {
  readonly #detection: InferenceSession;
  readonly #recognition: InferenceSession;
  readonly #letters: readonly string[];

  private constructor(detection: InferenceSession, recognition: InferenceSession, letters: readonly string[]) {
    this.#detection = detection;
    this.#recognition = recognition;
    this.#letters = letters;
  }

  static async load(folder: string, threads: number): Promise<TextReader> {
    const options = await sessionOptions(threads);
    const [detection, recognition, characters] = await Promise.all([
      InferenceSession.create(path.join(folder, "detection.onnx"), options),
      InferenceSession.create(path.join(folder, "recognition.onnx"), options),
      readFile(path.join(folder, "characters.txt"), "utf8"),
    ]);
    return new TextReader(detection, recognition, [...characters.replace(/\n$/, "").split("\n"), " "]);
  }

  /** Lines from top to bottom. Rejects with the signal's reason when the caller has gone. */
  async read(picture: Picture, signal: AbortSignal): Promise<string[]> {
    const pieces: PlacedText[] = [];
    const found = await this.#regions(picture);
    const turns = await this.#turns(picture, found, signal);
    const upright = turns === 0 ? picture : turned(picture, turns);
    const regions = turns === 0 ? found : await this.#regions(upright);
    const tilt = medianOf(regions.map(({ angle }) => angle));
    for (const region of regions) {
      await nextTurn();
      signal.throwIfAborted();
      const { text, confidence } = await this.#readLine(upright, region);
      if (confidence >= SURE_ENOUGH && text.trim()) pieces.push({ text: text.trim(), ...placeOf(region, tilt) });
    }
    return readingOrder(pieces);
  }

  async #regions(picture: Picture): Promise<Rectangle[]> {
    const scale = Math.min(1, DETECTION_EDGE / Math.max(picture.width, picture.height));
    const fitting = (edge: number) => Math.max(STEP, Math.round((edge * scale) / STEP) * STEP);
    const small = await resize(picture, fitting(picture.width), fitting(picture.height));
    const planes = toPlanes(
      small,
      "bgr",
      (byte, plane) => (byte / 255 - (means[plane] ?? 0)) / (deviations[plane] ?? 1),
    );
    const { width, height } = small;
    const values = await run(this.#detection, new Tensor("float32", planes, [1, 3, height, width]));
    return textRegions({ width, height, values }).map((region) =>
      scaled(region, picture.width / width, picture.height / height),
    );
  }

  /**
   * Quarter turns to the right that put a page upright, as far as its largest lines tell: read both ways, they are surer the right way round. A page whose
   * lines say nothing stays as it is.
   */
  async #turns(picture: Picture, regions: readonly Rectangle[], signal: AbortSignal): Promise<0 | 1 | 2 | 3> {
    const area = (region: Rectangle) => region.width * region.height;
    const total = (some: readonly Rectangle[]) => some.reduce((sum, region) => sum + area(region), 0);
    const tall = regions.filter(isTall);
    const sideways = total(tall) > total(regions) / 2;
    const largest = (sideways ? tall : regions.filter((region) => !isTall(region)))
      .toSorted((left, right) => area(right) - area(left))
      .slice(0, TRIED_LINES);
    let [asIs, upsideDown] = [0, 0];
    for (const region of largest) {
      await nextTurn();
      signal.throwIfAborted();
      asIs += (await this.#readLine(picture, region)).confidence / largest.length;
      upsideDown += (await this.#readLine(picture, region, true)).confidence / largest.length;
    }
    if (upsideDown > Math.max(SURE_TURN, asIs + CLEARLY_SURER)) return sideways ? 1 : 2;
    return sideways && asIs > SURE_TURN ? 3 : 0;
  }

  #readLine(picture: Picture, region: Rectangle, upsideDown = false) {
    const quad = corners(region);
    const upright = isTall(region);
    const [topLeft, topRight, bottomRight, bottomLeft] = quad;
    // Turned to the left, as a page that lies on its side is held.
    const held: Quad = upright ? [topRight, bottomRight, bottomLeft, topLeft] : quad;
    const level: Quad = upsideDown ? [held[2], held[3], held[0], held[1]] : held;
    const [long, short] = upright ? [region.height, region.width] : [region.width, region.height];
    const width = Math.min(WIDEST_LINE, Math.max(LINE_HEIGHT / 2, Math.round((long / short) * LINE_HEIGHT)));
    return this.#recognize(straighten(picture, level, width, LINE_HEIGHT));
  }

  async #recognize(line: Picture) {
    const width = Math.max(NARROWEST_LINE, line.width);
    const planes = toPlanes(line, "bgr", (byte) => byte / 127.5 - 1);
    const padded = new Float32Array(3 * LINE_HEIGHT * width);
    for (let row = 0; row < 3 * LINE_HEIGHT; row++)
      padded.set(planes.subarray(row * line.width, (row + 1) * line.width), row * width);
    const guesses = await run(this.#recognition, new Tensor("float32", padded, [1, 3, LINE_HEIGHT, width]));
    return readLetters(guesses, this.#letters);
  }
}

async function run(session: InferenceSession, input: Tensor): Promise<Float32Array> {
  const [inputName = "", outputName = ""] = [session.inputNames[0], session.outputNames[0]];
  const result = await session.run({ [inputName]: input });
  return result[outputName]?.data as Float32Array;
}

/** Where a piece would be if the page were held straight. */
function placeOf({ centre, width, height }: Rectangle, tilt: number): Omit<PlacedText, "text"> {
  const [cos, sin] = [Math.cos(-tilt), Math.sin(-tilt)];
  const x = centre.x * cos - centre.y * sin;
  const y = centre.x * sin + centre.y * cos;
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
