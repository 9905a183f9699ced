import type { Usage } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";

/** Texts a request, learnt per model: text-embeddings-inference takes 32 by default, DashScope 10, some servers one. */
export type LearntBatches = Map<string, number>;
const smallerSizes = [32, 10, 1] as const;

/** Sends the texts in requests of a size the server takes, one after another. The answers come in the texts' order. */
export const inBatches = async <T>(
  texts: readonly string[],
  learnt: LearntBatches,
  model: string,
  firstSize: number,
  send: (batch: readonly string[]) => Promise<T>,
): Promise<readonly T[]> => {
  const answers: T[] = [];
  for (let sent = 0; sent < texts.length; ) {
    const batch = texts.slice(sent, sent + (learnt.get(model) ?? firstSize));
    try {
      answers.push(await send(batch));
      sent += batch.length;
    } catch (error) {
      const smaller = smallerSizes.find((candidate) => candidate < batch.length);
      if (smaller === undefined || !refusesSize(error)) throw error;
      learnt.set(model, smaller);
    }
  }
  return answers;
};

const refusesSize = (error: unknown): boolean =>
  error instanceof NodeFailure &&
  error.code === "model-rejected" &&
  /batch|(inputs?|documents|texts)\b.*(size|length|items|many|string)/i.test(error.message);

/** null where one of them is unknown. */
export const sumUsage = (parts: readonly (Usage | null)[]): Usage | null => {
  const sum = { inputTokens: 0, outputTokens: 0 };
  for (const part of parts) {
    if (part?.inputTokens == null || part.outputTokens === null) return null;
    sum.inputTokens += part.inputTokens;
    sum.outputTokens += part.outputTokens;
  }
  return sum;
};
