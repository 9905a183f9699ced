/** A piece of text on a page, with what its glyphs measure in points. `y` is the baseline's distance from the page's top. */
export interface Fragment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** Names the font of its first sign, within the document. */
  readonly font?: string | undefined;
}

/** A line of text in reading order. */
export interface PageLine extends Fragment {
  /** The sides of the column that it stands in. */
  readonly columnLeft: number;
  readonly columnRight: number;
  /** In degrees, from upright; text of another direction is no part of the same paragraph. */
  readonly turn?: number;
  /** Of a row of a table: its cells. Rows of one table have the same number. */
  readonly row?: { readonly table: number; readonly cells: readonly string[]; readonly hasHeader: boolean };
}
