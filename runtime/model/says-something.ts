import { isRecord } from "@/runtime/node/record";

const isEmpty = (value: unknown): boolean => {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isRecord(value) && Object.values(value).every(isEmpty);
};

/**
 * Whether a piece of a stream shows that the model is at work: a letter of the answer or of its thoughts, a tool call, an end, a count, an error.
 * Pieces that only keep the connection open (an empty delta, a role again and again) do not, however many come.
 */
export const saysSomething = (chunk: unknown): boolean => {
  if (!isRecord(chunk)) return false;
  if (!isEmpty(chunk.error) || chunk.object === "error" || !isEmpty(chunk.usage)) return true;
  if (!Array.isArray(chunk.choices)) return false;
  return chunk.choices.some((choice: unknown) => {
    if (!isRecord(choice)) return false;
    if (!isEmpty(choice.finish_reason) || !isEmpty(choice.text)) return true;
    return [choice.delta, choice.message].some(
      (part) => isRecord(part) && Object.entries(part).some(([name, value]) => name !== "role" && !isEmpty(value)),
    );
  });
};
