/**
 * Sizes of a card in canvas pixels. Ports come before everything that changes while a pipeline runs, so wires never move
 * under a streaming answer, and their ends are known before a card is drawn.
 */
export const cardGeometry = {
  width: 232,
  header: 34,
  preview: 20,
  portRow: 22,
  portsPadding: 6,
  /** Half of what a handle reaches into the card and out of it. */
  handle: 10,
} as const;

export interface CardShape {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly hasPreview: boolean;
}

/** Vertical middle of a port's row, from the card's upper edge. */
export const portY = (shape: CardShape, row: number): number =>
  cardGeometry.header + (shape.hasPreview ? cardGeometry.preview : 0) + cardGeometry.portRow * (row + 0.5);

/** Height of the part that does not change during a run. */
export const cardHeight = (shape: CardShape): number => {
  const rows = Math.max(shape.inputs.length, shape.outputs.length);
  return (
    cardGeometry.header +
    (shape.hasPreview ? cardGeometry.preview : 0) +
    (rows === 0 ? 0 : rows * cardGeometry.portRow + cardGeometry.portsPadding)
  );
};
