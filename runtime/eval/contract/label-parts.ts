/** `Score.parts` of a scorer that compares labels: a report draws a confusion matrix where it finds these. */
export interface LabelParts {
  readonly actual: string;
  readonly predicted: string;
}

export const isLabelParts = (parts: unknown): parts is LabelParts => {
  const { actual, predicted } = (parts ?? {}) as Partial<LabelParts>;
  return typeof actual === "string" && typeof predicted === "string";
};
