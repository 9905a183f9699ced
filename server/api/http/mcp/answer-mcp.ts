import { randomUUID } from "node:crypto";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import {
  type DescribedDeployment,
  describeDeployments,
} from "@/server/domain/deployment/describe/describe-deployments";
import { inputsSchema, outputsSchema } from "@/server/domain/deployment/describe/port-schema";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { Answer } from "@/server/platform/lean/answer";
import { streamSource } from "@/server/platform/lean/stream-source";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { publishedLimits } from "../published/published.types";
import { callTool } from "./call-tool";
import { conversationArgument, talkingSchema } from "./talk-arguments";
import { Unread } from "./unread";

type Call = RouteCall<"api-key", unknown>;

const version = "1.0.0";

/** Said of pipelines that keep conversations. */
const remembers = (argument: string) =>
  `It remembers what was said before: to go on, send the ${argument} that the call before gave; left out, a new conversation begins.`;

const toolOf = ({ slug, name, inputFields, outputs, keepsConversations }: DescribedDeployment) => ({
  name: slug,
  title: name,
  description: `${name}. Gives ${outputs.map((output) => output.name).join(", ")}.${keepsConversations ? ` ${remembers(conversationArgument(inputFields))}` : ""}`,
  inputSchema: (keepsConversations ? talkingSchema(inputFields) : inputsSchema(inputFields)) as { type: "object" },
  outputSchema: outputsSchema(outputs) as { type: "object" },
});

const toolsOf = ({ caller, database }: Call, slug?: string) =>
  describeDeployments(database, caller.workspaceId, {
    ids: caller.deploymentIds === null ? null : [...caller.deploymentIds],
    ...(slug !== undefined && { slug }),
  });

/** What the SDK is thrown it tells the client word for word: what is no refusal stays here, under an id that is told. */
const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof McpError) throw error;
    if (error instanceof RouteRefusal) throw new McpError(ErrorCode.InternalError, `${error.message} (${error.code})`);
    const id = randomUUID();
    console.error(`MCP request ${id} failed:`, error);
    throw new McpError(ErrorCode.InternalError, `Something went wrong in the app; its log has it under ${id}.`);
  }
};

/** A server for one request: nothing is kept between two, so that any process answers any of them. */
const serverFor = (call: Call, unread: Unread): Server => {
  const server = new Server({ name: "pipewright", version }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () =>
    guarded(async () => ({ tools: (await toolsOf(call)).map(toolOf) })),
  );
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { _meta, sendNotification }) =>
    guarded(async () => {
      const [found] = await toolsOf(call, params.name);
      if (found === undefined)
        throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name.slice(0, 100)}".`);
      const progressToken = _meta?.progressToken;
      const tell =
        progressToken === undefined
          ? null
          : (progress: object) =>
              unread.tell(
                () =>
                  void sendNotification({
                    method: "notifications/progress",
                    params: { progressToken, ...progress } as never,
                  }).catch(() => {}),
              );
      return callTool(call, found, params.arguments ?? {}, tell);
    }),
  );
  return server;
};

/**
 * `POST /api/mcp`: the published pipelines that the key may run, as tools of the Model Context Protocol over streamable HTTP. Without sessions: a stream begins with a call and
 * ends with its result; when the caller goes, the run is cancelled.
 */
export const answerMcp = async (call: Call): Promise<Answer> => {
  const { request, caller, database } = call;
  requireRight(caller, "mayRun");
  const outage = outageNow(database);
  if (outage !== null) throw outageRefusal(outage);
  const message = await call.json(publishedLimits.requestBytes);
  if (Array.isArray(message)) {
    throw new RouteRefusal(400, "request-invalid", "Messages are sent one at a time.", {
      hint: "The protocol has no batches since its version of June 2025.",
    });
  }
  const unread = new Unread();
  const server = serverFor(call, unread);
  const transport = new WebStandardStreamableHTTPServerTransport({});
  await server.connect(transport as never);
  const headers = new Headers();
  for (const name of ["accept", "content-type", "mcp-protocol-version", "mcp-session-id"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const asked = new Request(request.url, { method: "POST", headers, body: "{}" });
  const response = await transport.handleRequest(asked, { parsedBody: message });
  call.onGone(() => void server.close().catch(() => {}));
  return new Answer(
    response.status,
    Object.fromEntries(response.headers),
    response.body === null ? null : streamSource(unread.count(response.body)),
  );
};
