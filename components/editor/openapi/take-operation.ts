import type { Operation } from "@/nodes/lib/openapi/operations";
import type { OperationRequest } from "@/nodes/lib/openapi/request-of-operation";
import type { GraphNode } from "@/runtime/graph/document";

type Json = GraphNode["config"][string];

/** Settings that an operation makes: of a step, and with name, description and parameters of a tool of an agent. */
export type TakenOperation = Readonly<Record<string, Json>> & { readonly name: string };

/** The whole address of an operation, behind a server's. */
const addressOf = (server: string, path: string): string => `${server.trim().replace(/(?<!\/)\/+$/, "")}${path}`;

const hostOf = (server: string): string | null => (URL.canParse(server.trim()) ? new URL(server.trim()).host : null);

/** Whether an operation goes to another host than the one that was chosen: the credential chosen for that one is not sent there. */
export const goesElsewhere = (own: string | null, server: string): boolean =>
  own !== null && hostOf(own) !== hostOf(server);

export const takeOperation = (
  operation: Operation,
  made: Extract<OperationRequest, { ok: true }>,
  { server, credential }: { readonly server: string; readonly credential: string },
): TakenOperation =>
  ({
    ...made.request,
    url: addressOf(made.server ?? server, made.request.url),
    class: made.class,
    credential: goesElsewhere(made.server, server) ? "" : credential,
    name: operation.name,
    description: made.description,
    parameters: made.parameters,
  }) as unknown as TakenOperation;

/** Whether what stands before every path is an address: whole, or a variable that brings it. */
export const isServer = (text: string): boolean =>
  /^https?:\/\/[^\s/]+/i.test(text.trim()) || /^\{\{.+\}\}/.test(text.trim());

/** Operations in whose words each word of the search stands. */
export const findOperations = (operations: readonly Operation[], search: string): readonly Operation[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return operations;
  return operations.filter(({ key, name, summary, tags }) => {
    const text = `${key} ${name} ${summary} ${tags.join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};
