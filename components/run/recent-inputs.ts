/** The last few sets of inputs that a pipeline was run with, newest first, kept in this browser. */
export const recentLimit = 8;
const sizeLimit = 100_000;

const keyOf = (pipeline: string): string => `pipewright.inputs.${pipeline}`;

type Inputs = Readonly<Record<string, unknown>>;

const isInputs = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const readRecentInputs = (storage: Pick<Storage, "getItem">, pipeline: string): readonly Inputs[] => {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(keyOf(pipeline)) ?? "[]");
    return Array.isArray(parsed) ? parsed.filter(isInputs).slice(0, recentLimit) : [];
  } catch {
    return [];
  }
};

/** Notes a set of inputs; one that was used before moves to the front. A full or forbidden storage is no harm. */
export const rememberInputs = (
  storage: Pick<Storage, "getItem" | "setItem">,
  pipeline: string,
  inputs: Inputs,
): void => {
  const text = JSON.stringify(inputs);
  if (text.length > sizeLimit) return;
  const others = readRecentInputs(storage, pipeline).filter((each) => JSON.stringify(each) !== text);
  try {
    storage.setItem(keyOf(pipeline), JSON.stringify([inputs, ...others].slice(0, recentLimit)));
  } catch {
    // Without room they are simply not remembered.
  }
};
