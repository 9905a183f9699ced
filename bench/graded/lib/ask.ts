import { createHash } from "node:crypto";
import { classifierPrompt } from "@/nodes/classifier/prompt";
import { numberedPassages } from "@/nodes/lib/passages";
import { promptChat } from "@/nodes/prompt/chat";
import type { NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { groundedContextLength, groundedSettings } from "@/templates/lib/grounded-prompt";
import type { Task } from "./task";

/** What a model said, and how long it took. Kept as a line of a file, so that a run can be continued and graded anew. */
export interface Reply {
  readonly id: string;
  /** Of all that the model was asked with: a changed prompt is asked anew. */
  readonly key: string;
  readonly text: string;
  readonly milliseconds: number;
  /** Tokens of the answer and the time from the first to the last; null where they did not come one by one. */
  readonly tokens: number | null;
  readonly streamed: number | null;
}

const plain = { en: "Fill in the fields from the text.", zh: "根据文本填写各字段。" } as const;

/** The settings of the step that does a task, as a person or a template would make it, and what goes into it. */
const stepOf = (task: Task) => {
  switch (task.kind) {
    case "grounded":
    case "unknown":
      return {
        chat: groundedSettings(task.locale),
        inputs: { context: numberedPassages(task.sources, groundedContextLength), question: task.question },
      };
    case "json":
      return {
        chat: { system: plain[task.locale], user: "{{text}}", temperature: 0, maxTokens: 200, schema: task.schema },
        inputs: { text: task.text },
      };
    case "labels":
      return { labels: task.labels, inputs: { text: task.text } };
    case "rewrite":
    case "format":
      return {
        chat: { system: task.instruction, user: "{{text}}", temperature: 0, maxTokens: 160 },
        inputs: { text: task.text },
      };
    default:
      return task satisfies never;
  }
};

export const keyOf = (task: Task): string =>
  createHash("sha256")
    .update(JSON.stringify(stepOf(task)))
    .digest("hex")
    .slice(0, 16);

/** Has the product's own step do a task. A failure of the step, such as a reply that names no label, is a reply without words. */
export const ask = async (task: Task, ctx: NodeContext): Promise<Reply> => {
  const step = stepOf(task);
  const startedAt = performance.now();
  let [first, last, tokens]: [number | null, number, number | null] = [null, 0, null];
  const said = async (): Promise<string> => {
    if (step.labels !== undefined) {
      const config = classifierPrompt.config.parse({ labels: step.labels });
      const outputs = (await classifierPrompt.run({ config, inputs: step.inputs, ctx })) as Record<string, unknown>;
      return String(outputs.label);
    }
    const config = promptChat.config.parse(step.chat);
    const stream = promptChat.run({ config, inputs: step.inputs, ctx }) as AsyncGenerator<
      unknown,
      { text: string; json?: unknown; usage?: { outputTokens: number } }
    >;
    for (;;) {
      const next = await stream.next();
      if (next.done) {
        tokens = next.value.usage?.outputTokens ?? null;
        return next.value.json === undefined ? next.value.text : JSON.stringify(next.value.json);
      }
      first ??= performance.now();
      last = performance.now();
    }
  };
  let text = "";
  try {
    text = await said();
  } catch (error) {
    if (!(error instanceof NodeFailure)) throw error;
  }
  return {
    id: task.id,
    key: keyOf(task),
    text,
    milliseconds: Math.round(performance.now() - startedAt),
    tokens,
    streamed: first === null ? null : Math.round(last - first),
  };
};
