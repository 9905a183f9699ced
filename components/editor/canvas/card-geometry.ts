/**
 * Sizes of a card in canvas pixels. Ports come before everything that changes while a pipeline runs, so wires never move
 * under a streaming answer, and their ends are known before a card is drawn.
 */
export const cardGeometry = {
  width: 232,
  /** Of a card with a few ports, for what must know it before there is one. */
  usualHeight: 130,
  header: 34,
  preview: 20,
  portRow: 22,
  portsPadding: 6,
  border: 1,
  /** Half of what a handle reaches into the card and out of it. */
  handle: 10,
} as const;

export interface CardShape {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly hasPreview: boolean;
}

/** Vertical middle of a port's row, from the inside of the card's upper border. */
export const portY = (shape: CardShape, row: number): number =>
  cardGeometry.header + (shape.hasPreview ? cardGeometry.preview : 0) + cardGeometry.portRow * (row + 0.5);

/**
 * Height, borders included, of a card that no run has painted. It must be what the browser makes of it: React Flow then
 * never measures a card that comes into sight, which is what panning through a large pipeline would spend its time on.
 */
export const cardHeight = (shape: CardShape): number => {
  const rows = Math.max(shape.inputs.length, shape.outputs.length);
  return (
    2 * cardGeometry.border +
    cardGeometry.header +
    (shape.hasPreview ? cardGeometry.preview : 0) +
    (rows === 0 ? 0 : rows * cardGeometry.portRow + cardGeometry.portsPadding)
  );
};
