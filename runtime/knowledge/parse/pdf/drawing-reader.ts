import { type DrawingState, initialState } from "./drawing-state";
import { type Box, boxOf, identity, intersection, type Matrix, multiply, toMatrix, translated } from "./matrix";
import type { Cover, Glyph, PageDrawing, Rule } from "./page-drawing";
import { type PathPart, pathParts } from "./path-parts";

const most = { covers: 5000, rules: 5000, glyphs: 200_000 } as const;
const thin = 2.5;

type Operands = readonly unknown[];

/** What is used of a font of the library. */
export interface DrawnFont {
  readonly fontMatrix?: readonly number[];
  readonly vertical?: boolean;
}
interface Surroundings {
  readonly fontOf: (name: string) => DrawnFont | undefined;
  readonly isVisible: (group: unknown) => boolean;
}

/** Takes the instructions one after the other. */
export class DrawingReader {
  readonly #texts: Glyph[][] = [];
  readonly #pictures: Box[] = [];
  readonly #covers: Cover[] = [];
  readonly #rules: Rule[] = [];
  readonly #saved: DrawingState[] = [];
  /** Of each open marked content, whether it is in a layer that is off. */
  readonly #marked: boolean[] = [];
  #state: DrawingState;
  #order = 0;
  #glyphs = 0;
  #shapes = 0;
  #clips = false;
  #isUnsure = false;

  constructor(
    private readonly area: Box,
    matrix: Matrix,
    private readonly surroundings: Surroundings,
  ) {
    this.#state = initialState(matrix, area);
  }

  finish(): PageDrawing {
    return {
      page: this.area,
      texts: this.#texts,
      pictures: this.#pictures,
      covers: this.#covers,
      rules: this.#rules,
      shapes: this.#shapes,
      isUnsure: this.#isUnsure || this.#glyphs > most.glyphs,
    };
  }

  read(name: string, operands: Operands, nameOf: (code: number) => string): void {
    const state = this.#state;
    const number = (index: number) => (Number.isFinite(Number(operands[index])) ? Number(operands[index]) : 0);
    this.#order++;
    switch (name) {
      case "save":
        this.#save();
        break;
      case "beginGroup": {
        this.#save();
        const group = operands[0] as { readonly smask?: unknown } | undefined;
        if (group?.smask) this.#state.isPlain = false;
        break;
      }
      case "restore":
      case "endGroup":
      case "paintFormXObjectEnd":
        this.#state = this.#saved.pop() ?? state;
        break;
      case "transform":
        state.matrix = multiply(state.matrix, toMatrix(operands));
        break;
      case "paintFormXObjectBegin": {
        this.#save();
        this.#state.matrix = multiply(state.matrix, operands[0] ? toMatrix(operands[0]) : identity);
        const [x0, y0, x1, y1] = operands[1] ? Array.from(operands[1] as ArrayLike<number>) : [];
        if (x1 !== undefined && y1 !== undefined) {
          this.#state.clip = intersection(state.clip, boxOf(this.#state.matrix, x0 ?? 0, y0 ?? 0, x1, y1));
        }
        break;
      }
      case "setGState":
        this.#setMany(operands[0]);
        break;
      case "setFillRGBColor":
        state.fill = colorOf(operands);
        break;
      case "setStrokeRGBColor":
        state.stroke = colorOf(operands);
        break;
      case "setFillColorN":
      case "setFillTransparent":
        state.fill = undefined;
        break;
      case "setStrokeColorN":
      case "setStrokeTransparent":
        state.stroke = undefined;
        break;
      case "beginMarkedContentProps":
        this.#marked.push(operands[0] === "OC" && !this.surroundings.isVisible(operands[1]));
        break;
      case "beginMarkedContent":
        this.#marked.push(false);
        break;
      case "endMarkedContent":
        this.#marked.pop();
        break;
      case "beginText":
        state.text = identity;
        state.line = identity;
        break;
      case "setFont": {
        const font = this.surroundings.fontOf(String(operands[0]));
        state.size = number(1);
        state.fontScale = font?.fontMatrix?.[0] || 0.001;
        state.isVertical = font?.vertical === true;
        break;
      }
      case "setCharSpacing":
        state.characterSpacing = number(0);
        break;
      case "setWordSpacing":
        state.wordSpacing = number(0);
        break;
      case "setHScale":
        state.widthScale = number(0) / 100;
        break;
      case "setLeading":
        state.leading = number(0);
        break;
      case "setTextRise":
        state.rise = number(0);
        break;
      case "setTextRenderingMode":
        state.renderMode = number(0);
        break;
      case "setTextMatrix":
        state.text = toMatrix(operands.length === 1 ? operands[0] : operands);
        state.line = state.text;
        break;
      case "moveText":
        this.#move(number(0), number(1));
        break;
      case "setLeadingMoveText":
        state.leading = -number(1);
        this.#move(number(0), number(1));
        break;
      case "nextLine":
        this.#move(0, -state.leading);
        break;
      case "showText":
        this.#show(operands[0]);
        break;
      case "clip":
      case "eoClip":
        this.#clips = true;
        break;
      case "constructPath":
        this.#path(nameOf(number(0)), operands[1], operands[2]);
        break;
      case "shadingFill":
        this.#cover(state.clip, undefined);
        break;
      case "paintImageXObject":
      case "paintInlineImageXObject":
      case "paintImageMaskXObject":
      case "paintImageXObjectRepeat":
      case "paintImageMaskXObjectRepeat":
      case "paintImageMaskXObjectGroup":
      case "paintInlineImageXObjectGroup":
        this.#picture(name, operands);
        break;
      default:
    }
  }

  #save(): void {
    this.#saved.push(this.#state);
    this.#state = { ...this.#state };
  }

  #setMany(entries: unknown): void {
    if (!Array.isArray(entries)) return;
    for (const [key, value] of entries as [string, unknown][]) {
      if (key === "ca") this.#state.alpha = Number(value);
      else if (key === "BM") this.#state.isPlain = value === "source-over" || value === "Normal";
      else if (key === "SMask" && value) this.#state.isPlain = false;
      else if (key === "Font" && Array.isArray(value)) this.read("setFont", value, () => "");
    }
  }

  #move(x: number, y: number): void {
    this.#state.line = translated(this.#state.line, x, y);
    this.#state.text = this.#state.line;
  }

  #show(glyphs: unknown): void {
    const state = this.#state;
    if (!Array.isArray(glyphs) || this.#glyphs > most.glyphs) return;
    // Text from top to bottom has another geometry; it is left to the text as the library gives it.
    if (state.isVertical) this.#isUnsure = true;
    const shown: Glyph[] = [];
    const isOff = this.#marked.includes(true);
    const { renderMode, fill, stroke, alpha, isPlain, clip } = state;
    const look = { renderMode, fill, stroke, alpha, isPlain, clip };
    for (const glyph of glyphs as (number | null | { unicode?: string; width?: number; isSpace?: boolean })[]) {
      if (typeof glyph === "number") {
        state.text = translated(state.text, (-glyph * state.size * state.widthScale) / 1000, 0);
        continue;
      }
      if (!glyph) continue;
      const spacing = state.characterSpacing + (glyph.isSpace ? state.wordSpacing : 0);
      const width = (glyph.width ?? 0) * state.size * state.fontScale;
      const place = multiply(state.matrix, translated(state.text, 0, state.rise));
      state.text = translated(state.text, (width + spacing) * state.widthScale, 0);
      const along = width * state.widthScale;
      shown.push({
        text: glyph.unicode ?? "",
        x: place[4],
        y: place[5],
        endX: place[4] + place[0] * along,
        endY: place[5] + place[1] * along,
        size: Math.abs(state.size) * Math.hypot(place[2], place[3]),
        order: this.#order,
        state: look,
        isOff,
      });
    }
    this.#glyphs += shown.length;
    if (shown.length > 0) this.#texts.push(shown);
  }

  #path(operator: string, data: unknown, bounds: unknown): void {
    const state = this.#state;
    const fills = /fill/i.test(operator);
    const strokes = /stroke/i.test(operator);
    const [path] = Array.isArray(data) ? data : [data];
    const parts = ArrayBuffer.isView(path) ? pathParts(path as Float32Array) : undefined;
    const [x0, y0, x1, y1] = bounds ? Array.from(bounds as ArrayLike<number>) : [];
    const whole =
      x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined
        ? state.clip
        : boxOf(state.matrix, x0, y0, x1, y1);
    if (this.#clips) {
      this.#clips = false;
      state.clip = intersection(state.clip, whole);
      if (!(parts?.length === 1 && parts[0]?.isRectangle)) state.isClippedByBox = false;
    }
    if (this.#marked.includes(true) || !(fills || strokes)) return;
    const isUpright = Math.abs(state.matrix[1] * state.matrix[2]) < 1e-6 || Math.abs(state.matrix[0]) < 1e-6;
    if (!parts || !isUpright) {
      this.#shapes++;
      if (fills) this.#cover(whole, undefined);
      return;
    }
    const isEven = state.isPlain && state.isClippedByBox && state.alpha > 0.99 && !nest(parts);
    for (const { left, bottom, right, top, isRectangle } of parts) {
      const box = intersection(state.clip, boxOf(state.matrix, left, bottom, right, top));
      if (box.left > box.right || box.top > box.bottom) continue;
      if (!isRectangle) {
        this.#shapes++;
        if (fills) this.#cover(box, undefined);
        continue;
      }
      const [width, height] = [box.right - box.left, box.bottom - box.top];
      if (Math.min(width, height) <= thin) this.#rule(box, width >= height);
      else {
        if (fills) this.#cover(box, isEven ? state.fill : undefined);
        if (strokes) {
          this.#rule({ ...box, bottom: box.top }, true);
          this.#rule({ ...box, top: box.bottom }, true);
          this.#rule({ ...box, right: box.left }, false);
          this.#rule({ ...box, left: box.right }, false);
        }
      }
    }
  }

  #rule(box: Box, isHorizontal: boolean): void {
    if (this.#rules.length < most.rules) this.#rules.push({ ...box, isHorizontal });
  }

  #cover(box: Box, color: string | undefined): void {
    if (this.#covers.length >= most.covers) this.#isUnsure = true;
    else this.#covers.push({ ...intersection(box, this.#state.clip), order: this.#order, color });
  }

  #picture(name: string, operands: Operands): void {
    if (this.#marked.includes(true)) return;
    const { matrix, clip } = this.#state;
    const add = (place: Matrix) => {
      const box = intersection(clip, boxOf(place, 0, 0, 1, 1));
      if (this.#pictures.length < most.covers) this.#pictures.push(box);
      this.#cover(box, undefined);
    };
    if (name === "paintImageXObjectRepeat") {
      const [, width, height, places] = operands as [unknown, number, number, ArrayLike<number>];
      for (let at = 0; at + 1 < (places?.length ?? 0) && at < most.covers; at += 2) {
        add(multiply(matrix, [width, 0, 0, height, places[at] ?? 0, places[at + 1] ?? 0]));
      }
    } else add(matrix);
  }
}

/** Whether one part may be a hole in another. */
const nest = (parts: readonly PathPart[]): boolean =>
  parts.length > 20 ||
  parts.some((outer) =>
    parts.some(
      (inner) =>
        inner !== outer &&
        inner.left >= outer.left &&
        inner.right <= outer.right &&
        inner.bottom >= outer.bottom &&
        inner.top <= outer.top,
    ),
  );

/** "#rrggbb", or three numbers up to 255. */
const colorOf = (operands: Operands): string | undefined => {
  const [first, green, blue] = operands;
  if (typeof first === "string") return /^#[\da-f]{6}$/i.test(first) ? first.toLowerCase() : undefined;
  if (typeof first !== "number") return undefined;
  const hex = (value: unknown) =>
    Math.max(0, Math.min(255, Math.round(Number(value))))
      .toString(16)
      .padStart(2, "0");
  return `#${hex(first)}${hex(green)}${hex(blue)}`;
};
