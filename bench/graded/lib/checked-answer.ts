import { retrievalAnswerCheck } from "@/nodes/retrieval/answer-check";
import type { NodeContext } from "@/runtime/node/context";
import type { GroundedTask, UnknownTask } from "./task";

const unsupported = { en: "I don't know.", zh: "我不知道。" } as const;

/** The answer as it leaves a template that has it checked: itself, or that nobody knows. */
export const checkedAnswer = async (
  task: GroundedTask | UnknownTask,
  answer: string,
  ctx: NodeContext,
): Promise<string> => {
  if (!/[\p{L}\p{N}]/u.test(answer)) return unsupported[task.locale];
  const config = retrievalAnswerCheck.config.parse({ threshold: 0.5 });
  const inputs = { answer, documents: task.sources, question: task.question };
  const outputs = (await retrievalAnswerCheck.run({ config, inputs, ctx })) as { readonly supported?: string };
  return outputs.supported ?? unsupported[task.locale];
};
