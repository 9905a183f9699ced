import type { GatewayOptions, ModelGateway } from "@/runtime/model/endpoint";
import { callWhole, wholeCalls } from "@/runtime/model/whole-calls";
import type { Database } from "@/server/platform/db/database";

/** Model that a step names, or `default` -> model that is called in its place. */
export type ModelBindings = Readonly<Record<string, string>>;

/** As it is stored; null where nothing is bound, so that nobody need look. */
export const readBindings = (stored: unknown): ModelBindings | null => {
  if (typeof stored !== "object" || stored === null) return null;
  const pairs = Object.entries(stored).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return pairs.length === 0 ? null : Object.fromEntries(pairs);
};

/** The same models under other names: what an environment binds is called in the place of what a step names, as a fallback, too. Once: a binding does not lead on to another. */
export const boundModels = (gateway: ModelGateway, bindings: ModelBindings | null): ModelGateway => {
  if (bindings === null) return gateway;
  const bound = (model: string): string => (Object.hasOwn(bindings, model) ? (bindings[model] as string) : model);
  const ofChat: <Request extends { readonly model: string; readonly fallbacks?: readonly string[] }>(
    request: Request,
  ) => Request = (request) => ({
    ...request,
    model: bound(request.model),
    ...(request.fallbacks !== undefined && { fallbacks: request.fallbacks.map(bound) }),
  });
  return {
    chat: (request, options) => gateway.chat(ofChat(request), options),
    complete: (request, options) => gateway.complete(ofChat(request), options),
    ...wholeCalls<GatewayOptions>(
      (operation) => (request, options) => callWhole(gateway, operation, ofChat(request), options),
    ),
  };
};

/** What the environment of a deployment binds now; null where it binds nothing, or the run is of none. */
export const bindingsOf = async (
  { prisma }: Database,
  { deploymentId, workspaceId }: { readonly deploymentId: string | null; readonly workspaceId: string },
): Promise<ModelBindings | null> => {
  if (deploymentId === null) return null;
  const deployment = await prisma.deployment.findFirst({
    where: { id: deploymentId, workspaceId },
    select: { environment: true },
  });
  if (deployment === null) return null;
  const environment = await prisma.environment.findUnique({
    where: { workspaceId_name: { workspaceId, name: deployment.environment } },
    select: { bindings: true },
  });
  return readBindings(environment?.bindings);
};
