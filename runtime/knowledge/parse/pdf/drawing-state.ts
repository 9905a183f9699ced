import { type Box, identity, type Matrix } from "./matrix";

/** What of a PDF's graphics state decides where text stands and whether it can be seen. */
export interface DrawingState {
  matrix: Matrix;
  text: Matrix;
  line: Matrix;
  size: number;
  fontScale: number;
  isVertical: boolean;
  characterSpacing: number;
  wordSpacing: number;
  /** 1 is the font's own width. */
  widthScale: number;
  leading: number;
  rise: number;
  renderMode: number;
  /** "#rrggbb"; undefined for a pattern. */
  fill: string | undefined;
  stroke: string | undefined;
  alpha: number;
  /** Drawn as it is, not blended with or masked by something. */
  isPlain: boolean;
  clip: Box;
  /** Whether what is drawn is cut off at `clip` and nowhere inside it. */
  isClippedByBox: boolean;
}

export const initialState = (matrix: Matrix, page: Box): DrawingState => ({
  matrix,
  text: identity,
  line: identity,
  size: 0,
  fontScale: 0.001,
  isVertical: false,
  characterSpacing: 0,
  wordSpacing: 0,
  widthScale: 1,
  leading: 0,
  rise: 0,
  renderMode: 0,
  fill: "#000000",
  stroke: "#000000",
  alpha: 1,
  isPlain: true,
  clip: page,
  isClippedByBox: true,
});
