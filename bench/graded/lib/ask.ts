import { createHash } from "node:crypto";
import { classifierPrompt } from "@/nodes/classifier/prompt";
import { numberedPassages } from "@/nodes/lib/passages";
import { promptChat } from "@/nodes/prompt/chat";
import { openAiDialect } from "@/runtime/model/openai-dialect";
import { chatBody } from "@/runtime/model/openai-request";
import type { ChatRequest, NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { nodeContext } from "@/runtime/testing/node-context";
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

/** How a step says that there was a reply, and that it is of no use. */
const unusable: readonly NodeFailure["code"][] = ["output-invalid", "reply-cut", "reply-empty"];

type Spoken = { readonly text: string; readonly tokens: number | null };

/** Runs the step that does a task, and tells of each piece of its reply. */
const runStep = async (task: Task, ctx: NodeContext, onPiece: () => void): Promise<Spoken> => {
  const step = stepOf(task);
  if (step.labels !== undefined) {
    const config = classifierPrompt.config.parse({ labels: step.labels });
    const outputs = (await classifierPrompt.run({ config, inputs: step.inputs, ctx })) as Record<string, unknown>;
    return { text: String(outputs.label), tokens: null };
  }
  const config = promptChat.config.parse(step.chat);
  const stream = promptChat.run({ config, inputs: step.inputs, ctx }) as AsyncGenerator<
    unknown,
    { text: string; json?: unknown; usage?: { outputTokens: number } }
  >;
  for (;;) {
    const next = await stream.next();
    if (next.done) {
      const { text, json, usage } = next.value;
      return { text: json === undefined ? text : JSON.stringify(json), tokens: usage?.outputTokens ?? null };
    }
    onPiece();
  }
};

/** What stands for all that the model is asked with: a changed prompt has another. */
export const keyOf = async (task: Task): Promise<string> => {
  let asked: ChatRequest | null = null;
  const ctx = nodeContext({
    model: {
      // biome-ignore lint/correctness/useYield: it ends before its first part
      async *chat(request) {
        asked = request;
        throw new NodeFailure("aborted", "Only the request was wanted.");
      },
    },
  });
  await runStep(task, ctx, () => {}).catch((error: unknown) => {
    if (asked === null) throw error;
  });
  const sent = asked === null ? null : chatBody(asked, openAiDialect, true);
  return createHash("sha256").update(JSON.stringify(sent)).digest("hex").slice(0, 16);
};

/**
 * Has the product's own step do a task. A reply that the step cannot use, such as one that names no label, is a reply without words; that there was no
 * reply, as from a machine too busy to answer in time, says nothing of the model and is thrown.
 */
export const ask = async (task: Task, ctx: NodeContext): Promise<Reply> => {
  const startedAt = performance.now();
  let [first, last]: [number | null, number] = [null, 0];
  const said = await runStep(task, ctx, () => {
    last = performance.now();
    first ??= last;
  }).catch((error: unknown): Spoken => {
    if (error instanceof NodeFailure && unusable.includes(error.code)) return { text: "", tokens: null };
    throw error;
  });
  return {
    id: task.id,
    key: await keyOf(task),
    text: said.text,
    milliseconds: Math.round(performance.now() - startedAt),
    tokens: said.tokens,
    streamed: first === null ? null : Math.round(last - first),
  };
};
