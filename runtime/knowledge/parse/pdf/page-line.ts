/** A piece of text on a page, with what its glyphs measure in points. `y` is the baseline's distance from the page's top. */
export interface Fragment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** A line of text in reading order. */
export interface PageLine extends Fragment {
  /** The sides of the column that it stands in. */
  readonly columnLeft: number;
  readonly columnRight: number;
}
