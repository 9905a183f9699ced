import { z } from "zod";
import type { Usage } from "@/runtime/node/context";
import { field } from "@/runtime/node/field";

/** What can end an agent before it has answered. */
export const agentLimitNames = ["turns", "calls", "tokens", "cost", "seconds"] as const;
export type AgentLimit = (typeof agentLimitNames)[number];

/** The five limits of an agent, each of which ends it. */
export const limitFields = {
  turns: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta(
      field({
        title: { en: "Most turns", zh: "最多轮次" },
        help: { en: "How often the model is asked.", zh: "询问模型的次数。" },
        control: "number",
        group: "main",
      }),
    ),
  calls: z
    .int()
    .min(0)
    .max(500)
    .default(20)
    .meta(
      field({
        title: { en: "Most calls of tools", zh: "最多工具调用" },
        control: "number",
        group: "main",
      }),
    ),
  tokens: z
    .int()
    .min(100)
    .max(10_000_000)
    .default(100_000)
    .meta(
      field({
        title: { en: "Most tokens", zh: "最多 token" },
        help: { en: "In and out, over all turns.", zh: "所有轮次的输入与输出之和。" },
        control: "number",
        group: "main",
        unit: { en: "tokens", zh: "token" },
      }),
    ),
  cost: z
    .number()
    .gt(0)
    .max(10_000)
    .default(1)
    .meta(
      field({
        title: { en: "Most money", zh: "最多费用" },
        help: { en: "Where the price of the model is known.", zh: "仅在模型价格已知时生效。" },
        control: "number",
        group: "main",
        unit: { en: "US$", zh: "美元" },
      }),
    ),
  seconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .meta(
      field({
        title: { en: "Longest time", zh: "最长时间" },
        help: { en: "Without the time that people take to answer.", zh: "不含等待人工的时间。" },
        control: "number",
        group: "main",
        unit: { en: "seconds", zh: "秒" },
      }),
    ),
};

const settings = z.object(limitFields);
export type AgentLimits = z.output<typeof settings>;

/** What an agent has used, and which limit that has met. */
export class Spending {
  turns = 0;
  calls = 0;
  tokens = 0;
  microUsd = 0;
  /** Milliseconds of work of earlier attempts. */
  workedMs = 0;
  /** A price was not known, so the limit of money does not hold. */
  isPriceUnknown = false;
  readonly #began: number;

  constructor(
    private readonly limits: AgentLimits,
    private readonly now: () => number,
  ) {
    this.#began = now();
  }

  /** `estimated`: tokens by the length of the texts, where the endpoint counted none. */
  use(usage: Usage | null, microUsd: number | null, estimated: number): void {
    const counted = usage?.inputTokens != null && usage.outputTokens !== null;
    this.tokens += counted ? (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0) : estimated;
    this.microUsd += microUsd ?? 0;
    this.isPriceUnknown ||= microUsd === null;
  }

  get millisecondsLeft(): number {
    return this.limits.seconds * 1000 - this.workedMs - (this.now() - this.#began);
  }

  get callsLeft(): number {
    return this.limits.calls - this.calls;
  }

  get tokensLeft(): number {
    return this.limits.tokens - this.tokens;
  }

  /** The limit that forbids another turn; null where there is none. */
  get met(): AgentLimit | null {
    if (this.turns >= this.limits.turns) return "turns";
    if (this.tokensLeft <= 0) return "tokens";
    if (this.microUsd >= this.limits.cost * 1_000_000) return "cost";
    return this.millisecondsLeft <= 0 ? "seconds" : null;
  }
}

/** What is said of a limit that ended an agent. */
export const limitMessage = (limit: AgentLimit, limits: AgentLimits): string =>
  ({
    turns: `The agent had not answered after ${limits.turns} turns.`,
    calls: `The agent wanted more than ${limits.calls} calls of tools.`,
    tokens: `The agent used ${limits.tokens} tokens and had not answered.`,
    cost: `The agent cost US$ ${limits.cost} and had not answered.`,
    seconds: `The agent worked for ${limits.seconds} s and had not answered.`,
  })[limit];
