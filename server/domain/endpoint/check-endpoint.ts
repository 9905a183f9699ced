import { modelUses } from "@/runtime/node/model-use";
import { checkUrl } from "@/server/platform/egress/egress-policy";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { KeyHeader } from "./connection.types";
import { type CreateEndpointInput, reservedSlugs } from "./endpoint.types";
import { processState } from "./process-state";

/** A refusal that the form shows at the field. */
export const fieldError = (field: string, message: string, hint?: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, {
    reason: "input-invalid",
    fields: { [field]: message },
    ...(hint === undefined ? {} : { hint }),
  });

/** The address in its normal form, if the policy allows it. `field` is where the form shows a refusal. */
export const checkedBaseUrl = (baseUrl: string, field: string): string => {
  const checked = checkUrl(baseUrl, processState().mode);
  if (!checked.ok) throw fieldError(field, checked.error.message, checked.error.hint);
  return checked.value;
};

const azureHosts = /(^|\.)(openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com|azure-api\.net)$/i;

/** Azure's hosts take a key in a header of its own; all others a bearer token. */
export const usualKeyHeader = (baseUrl: string): KeyHeader =>
  azureHosts.test(new URL(baseUrl).hostname) ? "api-key" : "authorization";

/** A proxy's address, if the policy allows it. What it resolves to is judged at each connection. */
export const checkProxy = (proxy: string | null | undefined): void => {
  if (proxy == null) return;
  const { protocol, host } = new URL(proxy);
  const checked = checkUrl(`${protocol}//${host}`, processState().mode);
  if (!checked.ok) throw fieldError("proxy", checked.error.message, checked.error.hint);
};

/** What is written of the headers asked for: null keeps the stored value of that name. */
export const mergeHeaders = (
  asked: CreateEndpointInput["headers"],
  stored: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    asked.map(({ name, value }, index) => {
      const known = Object.entries(stored).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
      const kept = value ?? known;
      if (kept === undefined) throw fieldError(`headers.${index}.value`, `Enter the value of the header "${name}".`);
      return [name, kept];
    }),
  );

/** Replicas with their addresses in normal form, each once. */
export const checkedReplicas = (replicas: CreateEndpointInput["replicas"]): CreateEndpointInput["replicas"] => {
  const seen = new Set<string>();
  return replicas.map((replica, index) => {
    const field = `replicas.${index}.baseUrl`;
    const baseUrl = checkedBaseUrl(replica.baseUrl, field);
    if (seen.has(baseUrl)) throw fieldError(field, "This address is listed twice.");
    seen.add(baseUrl);
    return { ...replica, baseUrl };
  });
};

export const checkModels = (models: CreateEndpointInput["models"]): void => {
  const seen = new Set<string>();
  for (const [index, model] of models.entries()) {
    const { name } = model;
    if (seen.has(name)) throw fieldError(`models.${index}.name`, `The model "${name}" is listed twice.`);
    seen.add(name);
    if (!modelUses.some((use) => model[use])) {
      throw fieldError(`models.${index}.chat`, `Say what "${name}" can do: at least one thing.`);
    }
    if (model.vision && !model.chat) {
      throw fieldError(`models.${index}.vision`, `"${name}" sees pictures only in a chat: let it chat too.`);
    }
  }
};

export const checkSlug = (slug: string): void => {
  if ((reservedSlugs as readonly string[]).includes(slug)) {
    throw fieldError("slug", `"${slug}" is reserved.`, "Choose another short name.");
  }
};

export const slugTaken = (slug: string): ApplicationError =>
  new ApplicationError("CONFLICT", `Another endpoint already has the short name "${slug}".`, {
    reason: "name-taken",
    hint: "Choose another short name.",
    fields: { slug: "This short name is taken." },
  });
