import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = path.resolve(import.meta.dirname, "../peers/agent");

/** The prebuilt agents of others, each with the same model, question and tool. */
export const agentPeers = async (
  baseUrl: string,
  question: string,
): Promise<Readonly<Record<string, () => Promise<void>>>> => {
  if (!existsSync(path.join(folder, "node_modules"))) {
    console.log("Installing the peers into bench/peers/agent …");
    execFileSync("npm", ["ci"], { cwd: folder, stdio: "inherit" });
  }
  const resolver = createRequire(path.join(folder, "package.json"));
  // biome-ignore lint/suspicious/noExplicitAny: peers are not installed where this is type-checked.
  const load = (name: string): Promise<any> => import(pathToFileURL(resolver.resolve(name)).href);
  const { z } = await load("zod");

  const { createReactAgent } = await load("@langchain/langgraph/prebuilt");
  const { ChatOpenAI } = await load("@langchain/openai");
  const { tool } = await load("@langchain/core/tools");
  const schema = z.object({ city: z.string() });
  const about = { name: "get_weather", description: "Tells the weather.", schema };
  const llm = new ChatOpenAI({ model: "tools", apiKey: "none", configuration: { baseURL: baseUrl }, streaming: true });
  // It would fetch the tables of a tokeniser from the web to count what the server has counted.
  llm.getNumTokens = async () => 0;
  const langGraph = createReactAgent({ llm, tools: [tool(async () => "Sunny.", about)] });

  const { Agent } = await load("@mastra/core/agent");
  const { createTool } = await load("@mastra/core/tools");
  const { createOpenAICompatible } = await load("@ai-sdk/openai-compatible");
  const weather = createTool({
    id: "get_weather",
    description: "Tells the weather.",
    inputSchema: schema,
    execute: async () => "Sunny.",
  });
  const mastra = new Agent({
    id: "bench",
    name: "bench",
    instructions: "Answer.",
    model: createOpenAICompatible({ name: "fake", baseURL: baseUrl, apiKey: "none" })("tools"),
    tools: { get_weather: weather },
  });

  return {
    "LangGraph.js, prebuilt agent": async () => {
      const { messages } = await langGraph.invoke({ messages: [{ role: "user", content: question }] });
      if (!String(messages.at(-1)?.content).includes("Sunny")) throw new Error("LangGraph.js gave no answer");
    },
    "Mastra, agent": async () => {
      const stream = await mastra.stream(question);
      if (!(await stream.text).includes("Sunny")) throw new Error("Mastra gave no answer");
    },
  };
};
