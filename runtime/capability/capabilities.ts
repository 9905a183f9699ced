import { type CacheScript, cache } from "./cache/contract";
import { code } from "./code/contract";
import { type FilesScript, files } from "./files/contract";
import { type KnowledgeScript, knowledge } from "./knowledge/contract";
import { type McpScript, mcp } from "./mcp/contract";
import { type RegistryScript, registry } from "./registry/contract";
import type { ServiceCall } from "./service-call";
import { type VaultScript, vault } from "./vault/contract";
import { type WebScript, web } from "./web/contract";

/**
 * What the steps of a run may use beside models, by the name that it has in `ctx`. One folder each: its contract, and what examples and tests get in its
 * place (`scripted.ts`).
 *
 * @example
 * // runtime/capability/weather/contract.ts
 * export interface Weather { at(place: string): Promise<string> }
 * export const weather = { called: "the weather", bind: (provided: Weather): Weather => provided };
 */
export const capabilities = { cache, code, files, knowledge, mcp, registry, vault, web };

/** What all of them must be. `bind` makes what a step sees of what the server provides; `call` is made when it is first asked for. */
interface Capability {
  /** In the failure of a step whose run lacks it: "This run has no access to …". */
  readonly called: string;
  readonly bind: (provided: never, call: () => ServiceCall) => object;
}
capabilities satisfies Record<string, Capability>;

export type CapabilityName = keyof typeof capabilities;

/** What steps see. */
export type Capabilities = {
  readonly [Name in CapabilityName]: ReturnType<(typeof capabilities)[Name]["bind"]>;
};

/** What a run is given for them. Bound to one workspace; one that is left out fails the step that asks for it, not the run that does not. */
export type RunServices = {
  readonly [Name in CapabilityName]?: Parameters<(typeof capabilities)[Name]["bind"]>[0];
};

/** What an example says of all of them. */
export interface CapabilityScript
  extends CacheScript,
    FilesScript,
    KnowledgeScript,
    McpScript,
    RegistryScript,
    VaultScript,
    WebScript {}
