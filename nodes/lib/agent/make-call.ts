import { codeLimits } from "@/runtime/capability/code/limits";
import type { WebRequest } from "@/runtime/capability/web/contract";
import type { BodyInterface } from "@/runtime/node/body";
import type { NodeContext } from "@/runtime/node/context";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";
import type { ToolOutcome } from "@/runtime/node/once";
import { isRecord } from "@/runtime/node/record";
import { readJson } from "@/runtime/node/reply/read-json";
import { requestOf } from "../http-request";
import { compileSchema, describeProblems } from "../json-schema";
import { readable } from "../readable";
import { callOnce, sendOnce } from "../send-once";
import { type AgentTool, parametersOf } from "./agent-tool";
import { isOfStep, pipelineInputs, pipelineOutputs } from "./pipeline-tool";

/** Characters of a result that the model is told. */
export const mostToldCharacters = 40_000;

type Arguments = Readonly<Record<string, unknown>>;

export const failed = (content: string): ToolOutcome => ({ outcome: "failure", content });
export const refused = (content: string): ToolOutcome => ({ outcome: "refused", content });

const told = (text: string): string =>
  text.length <= mostToldCharacters
    ? text
    : `${text.slice(0, mostToldCharacters)}\n[… cut: ${text.length - mostToldCharacters} characters more …]`;

/** What a model wrote as arguments, read leniently and checked against the tool's schema; what is wrong with them, for the model to mend. */
export const readArguments = async (
  tool: AgentTool,
  text: string,
  body?: BodyInterface,
): Promise<{ readonly ok: true; readonly value: Arguments } | { readonly ok: false; readonly problem: string }> => {
  const schema = parametersOf(tool, body);
  const validator = await compileSchema(schema);
  if (!validator.ok) return { ok: false, problem: `The tool's schema cannot be used: ${validator.error}` };
  const reading = readJson(text.trim() === "" ? "{}" : text, {
    problemOf: (value) => {
      if (!isRecord(value)) return "it is no object";
      const problems = validator.value(value);
      return problems.length === 0 ? null : describeProblems(problems);
    },
  });
  if (reading.ok && isRecord(reading.value.value)) return { ok: true, value: reading.value.value };
  const why = reading.ok ? "it is no object" : reading.error.message;
  return { ok: false, problem: `The arguments cannot be used: ${why}. Call it again with arguments of its schema.` };
};

/** A call within its step: `id` is its own, `frame` the place that a pipeline runs under. */
export interface CallPlace {
  readonly id: string;
  readonly frame: number;
}

/** Makes one call. What a tool fails by is told to the model; what the run fails by is thrown on. What changes something and was not answered is not sent again. */
export const makeCall = async (
  tool: AgentTool,
  given: Arguments,
  { id, frame }: CallPlace,
  ctx: Pick<NodeContext, "web" | "code" | "mcp" | "log" | "frames" | "once">,
): Promise<ToolOutcome> => {
  try {
    switch (tool.kind) {
      case "http":
        return await callWeb(tool, given, id, ctx);
      case "code":
        return await runCode(tool, given, ctx);
      case "mcp":
        return await callMcp(tool, given, id, ctx);
      case "pipeline":
        return await runPipeline(tool, given, frame, ctx);
      default:
        return tool.kind satisfies never;
    }
  } catch (error) {
    // The step was stopped, or is broken: nothing that a model could mend.
    if (!isNodeFailure(error) || error.code === "aborted" || error.code === "internal" || error.code === "interrupted")
      throw error;
    return failed(`${error.message}${error.options.hint === undefined ? "" : ` ${error.options.hint}`}`);
  }
};

const callWeb = async (
  tool: AgentTool,
  given: Arguments,
  id: string,
  ctx: Pick<NodeContext, "web" | "once">,
): Promise<ToolOutcome> => {
  const request: WebRequest = {
    ...requestOf(tool, given),
    milliseconds: Math.round(tool.seconds * 1000),
    retries: 1,
    retryStatuses: [429, 503],
    result: "auto",
  };
  const reply = await (tool.class === "read" ? ctx.web.request(request) : sendOnce(ctx, `reply-${id}`, request));
  const said =
    reply.text ?? (reply.file === null ? "" : `A file was kept: ${reply.file.name} (${reply.file.mediaType}).`);
  if (reply.status < 400)
    return { outcome: "success", content: told(said === "" ? `Done (status ${reply.status}).` : said) };
  const what = reply.mediaType === "text/html" ? "a web page" : said;
  return failed(told(`The service answered ${reply.status}${what === "" ? "." : `: ${what}`}`));
};

const callMcp = async (
  tool: AgentTool,
  given: Arguments,
  id: string,
  ctx: Pick<NodeContext, "mcp" | "once">,
): Promise<ToolOutcome> => {
  if (tool.mcp === null) return failed("No tool of a server is chosen.");
  const call = { tool: tool.mcp, arguments: given, milliseconds: Math.round(tool.seconds * 1000) };
  const { text, isError } = await (tool.class === "read" ? ctx.mcp.call(call) : callOnce(ctx, `reply-${id}`, call));
  return { outcome: isError ? "failure" : "success", content: told(text) };
};

const runPipeline = async (
  { pipeline }: AgentTool,
  given: Arguments,
  frame: number,
  { frames }: Pick<NodeContext, "frames">,
): Promise<ToolOutcome> => {
  if (pipeline === null) return failed("No pipeline is chosen.");
  const { step } = pipeline;
  frames.expect(frame + 1, true);
  const end = await frames.run(frame, pipelineInputs(step, frames.body, given), (node) => isOfStep(step, node));
  if (!end.ok) {
    const { code, message, hint } = end.error;
    throw new NodeFailure(code, message, hint === undefined ? {} : { hint });
  }
  const outputs = pipelineOutputs(step, frames.body, end.outputs);
  const [only, ...others] = Object.values(outputs);
  if (only === undefined) return { outcome: "success", content: "Done. It gave no answer." };
  return { outcome: "success", content: told(readable(others.length === 0 ? only : outputs)) };
};

const runCode = async (
  tool: AgentTool,
  inputs: Arguments,
  { code, log }: Pick<NodeContext, "code" | "log">,
): Promise<ToolOutcome> => {
  const milliseconds = Math.min(codeLimits.milliseconds.most, Math.round(tool.seconds * 1000));
  const result = await code.run({ code: tool.code, inputs, milliseconds, megabytes: codeLimits.megabytes.initial });
  for (const { level, text } of result.lines) log(level, text);
  return result.ok
    ? { outcome: "success", content: told(readable(result.value)) }
    : failed(`${result.message}${result.line === null ? "" : ` (line ${result.line})`}`);
};
