import { cacheLimits } from "@/runtime/capability/cache/limits";
import type { BodyInterface } from "@/runtime/node/body";
import { noBody } from "@/runtime/node/body";
import type { NodeContext } from "@/runtime/node/context";
import { defineNode } from "@/runtime/node/define-node";
import type { FrameEnd } from "@/runtime/node/frames";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { type Decision, decide, said } from "../lib/cache/answer-from-cache";
import { type CacheConfig, cacheConfig } from "../lib/cache/cache-config";
import { holdsFile, holdsPersonalData } from "../lib/cache/personal";
import { startBody } from "../lib/start-body";

const fromPort = "from";
const agePort = "age";
const kept = "decision";
const megabyte = 1_000_000;

type Values = Readonly<Record<string, unknown>>;

export const flowCache = defineNode({
  type: "flow/cache",
  version: 1,
  title: { en: "Answer from memory", zh: "从记忆中作答" },
  summary: {
    en: "Runs its steps for a question once; asked again, in the same words or by meaning, it gives the answer that is kept.",
    zh: "对一个问题只运行一次内部步骤；再次问到时（文字相同或含义相同），直接给出保存的答案。",
  },
  icon: "history",
  keywords: [
    "cache",
    "memory",
    "semantic cache",
    "frequent questions",
    "faq",
    "save",
    "缓存",
    "语义缓存",
    "记忆",
    "常见问题",
    "节省",
  ],
  config: cacheConfig,
  container: {
    runs: "once",
    measured: true,
    start: startBody([{ name: "question" }], { name: "answer", from: "question" }),
  },
  inputs: (_, body = noBody): port.Ports => body.inputs,
  outputs: (_, body = noBody): port.Ports => {
    for (const name of [fromPort, agePort])
      if (Object.hasOwn(body.outputs, name))
        throw new Error(`A result inside is called "${name}", which is a port of its own. Rename it.`);
    return {
      ...body.outputs,
      [fromPort]: port.text({ en: "Answered by", zh: "作答来源" }),
      [agePort]: port.number({ en: "Age in seconds", zh: "答案已保存（秒）" }),
    };
  },
  emits: () => ({ [fromPort]: ["memory", "steps"] }),
  passes: {},
  preview: ({ match, threshold, minutes }) =>
    `${match === "same" ? "=" : `≈ ${threshold}`} · ${minutes % 1_440 === 0 ? `${minutes / 1_440} d` : `${minutes} min`}`,
  examples: [
    {
      name: "A question that was not asked before",
      config: {},
      body: startBody([{ name: "question" }], { name: "answer", from: "question" }),
      inputs: { question: "How long is the warranty?" },
      outputs: { answer: "How long is the warranty?", from: "steps", age: 0 },
    },
    {
      name: "The same words, written differently",
      config: {},
      body: startBody([{ name: "question" }], { name: "answer", from: "question" }),
      cached: [{ question: "How long is the warranty?", outputs: { answer: "Two years." } }],
      inputs: { question: "  how long is the WARRANTY " },
      outputs: { answer: "Two years.", from: "memory", age: 60 },
    },
    {
      name: "Other words of the same meaning",
      config: { match: "meaning", threshold: 0.9 },
      body: startBody([{ name: "question" }], { name: "answer", from: "question" }),
      cached: [{ question: "How long is the warranty?", outputs: { answer: "Two years." }, vector: [1, 0] }],
      vectors: { "For what time am I covered by the warranty?": [0.98, 0.199] },
      inputs: { question: "For what time am I covered by the warranty?" },
      outputs: { answer: "Two years.", from: "memory", age: 60 },
    },
    {
      name: "意思相近，但数字不同",
      config: { match: "meaning", threshold: 0.9 },
      body: startBody([{ name: "question" }], { name: "answer", from: "question" }),
      cached: [{ question: "30 天内可以退货吗？", outputs: { answer: "可以。" }, vector: [1, 0] }],
      vectors: { "60 天内可以退货吗？": [1, 0] },
      inputs: { question: "60 天内可以退货吗？" },
      outputs: { answer: "60 天内可以退货吗？", from: "steps", age: 0 },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const given = inputs as Values;
    const name = questionName(config, ctx.frames.body);
    const { [name]: question, ...others } = given;
    const decision =
      ctx.once.kept<Decision>(kept) ?? ctx.once.keep<Decision>(kept, await decide(config, { question, others }, ctx));
    if (decision.outcome === "hit")
      return { ...decision.outputs, [fromPort]: "memory", [agePort]: Math.round(decision.ageMs / 1_000) };
    ctx.frames.expect(1);
    const began = ctx.now().getTime();
    let end: FrameEnd;
    try {
      end = await ctx.frames.run(0, given);
    } catch (error) {
      if (decision.claim !== null) ctx.cache.release(decision.claim);
      throw error;
    }
    if (!end.ok) {
      if (decision.claim !== null) ctx.cache.release(decision.claim);
      const { code, message, hint, passing, retryAfterMs } = end.error;
      throw new NodeFailure(code, message, {
        ...(hint === undefined ? {} : { hint }),
        ...(passing === undefined ? {} : { passing }),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    }
    if (decision.claim !== null)
      await keep(config, { ...decision, claim: decision.claim }, end, ctx.now().getTime() - began, ctx);
    return { ...end.outputs, [fromPort]: "steps", [agePort]: 0 };
  },
});

/** The input that is the question: the one that is named, or the first text. */
const questionName = ({ question }: CacheConfig, { fields }: BodyInterface): string => {
  if (question === "") return fields.find(({ kind }) => kind === "text")?.name ?? "";
  if (fields.some(({ name }) => name === question)) return question;
  throw new NodeFailure(
    "value-invalid",
    `The steps inside have no input "${question}", which is to hold the question.`,
    {
      hint: "Name one of their inputs, or leave it empty for the first text.",
    },
  );
};

/** Keeps what may be given again, and says why something is not. Never fails: the answer is there. */
const keep = async (
  config: CacheConfig,
  { claim, vector }: { readonly claim: string; readonly vector?: readonly number[] },
  { outputs, reply, costMicroUsd = null }: Extract<FrameEnd, { ok: true }>,
  tookMs: number,
  ctx: NodeContext,
): Promise<void> => {
  try {
    const against = await reasonAgainstKeeping(outputs, reply !== undefined, ctx);
    if (against !== null) {
      ctx.cache.release(claim);
      ctx.log("info", `The answer is not kept: ${against}`);
      return;
    }
    await ctx.cache.keep({
      claim,
      outputs,
      tookMs,
      costMicroUsd,
      lifetimeMs: config.minutes * 60_000,
      entries: config.entries,
      bytes: config.megabytes * megabyte,
      ...(vector === undefined ? {} : { vector, model: config.model }),
    });
  } catch (error) {
    ctx.signal.throwIfAborted();
    ctx.log("warn", `The answer could not be kept. ${said(error)}`);
  }
};

const reasonAgainstKeeping = async (outputs: Values, cut: boolean, ctx: NodeContext): Promise<string | null> => {
  if (cut) return "a model's reply was not whole.";
  if (Object.keys(outputs).length === 0) return "no result was reached.";
  if (holdsFile(outputs)) return "it holds a file, which does not last.";
  if (JSON.stringify(outputs).length > cacheLimits.answerBytes) return "it is larger than 1 MB.";
  return (await holdsPersonalData(outputs, ctx.signal))
    ? "it holds personal data, or what a mask put in its place."
    : null;
};
