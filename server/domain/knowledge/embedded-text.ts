/** Was trained to be told which of the two a text is. */
const marked = "local/multilingual-e5-small";

/** A question, as the model of a base wants it. `model`: `<endpoint slug>/<model name>`. */
export const asQuestion = (model: string, text: string): string => (model === marked ? `query: ${text}` : text);

/** A passage, as the model of a base wants it. */
export const asPassage = (model: string, text: string): string => (model === marked ? `passage: ${text}` : text);
