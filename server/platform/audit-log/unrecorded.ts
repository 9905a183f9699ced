/** Mutations that change nothing that is kept, by path, with the reason; all others are in the audit log. */
export const unrecordedMutations: Readonly<Record<string, string>> = {
  "answerCache.measurePairs": "compares questions and shows how near they are; nothing is stored",
  "sheet.preview": "reads a file and shows what it holds; nothing is stored",
  "trainingSet.preview": "reads a file and shows what it holds; nothing is stored",
  "tunedModel.try": "classifies a text or asks a model once and shows the answer; nothing is stored",
};

/**
 * Changes that one makes many of in a row, such as a save after every pause in typing. Of the same person on the same thing, the first one of a
 * stretch is written down.
 */
export const frequentMutations: readonly string[] = [
  "pipeline.save",
  "pipeline.saveSampleInputs",
  "dataset.addRows",
  "dataset.updateRow",
  "dataset.markRows",
  "dataset.labelRow",
  "inbox.reserve",
  "review.answer",
  "review.undo",
  "run.start",
  "run.cancel",
  "run.rate",
  "run.retry",
];
