import type { NodeContext } from "@/runtime/node/context";

type Members = {
  readonly [Name in "model" | "files" | "knowledge" | "registry" | "vault" | "people"]?: Partial<NodeContext[Name]>;
} & Partial<Pick<NodeContext, "signal" | "run" | "log" | "now">>;

/** A context of the members given, for calling a node's `run` directly. A test that touches anything else fails. */
export const nodeContext = ({
  model,
  files,
  knowledge,
  registry,
  vault,
  people,
  ...rest
}: Members = {}): NodeContext => ({
  signal: new AbortController().signal,
  run: { id: "run-1", inputs: {} },
  log: () => {},
  now: () => new Date(0),
  ...rest,
  model: {
    chat: untouched("model.chat"),
    embed: untouched("model.embed"),
    moderate: untouched("model.moderate"),
    transcribe: untouched("model.transcribe"),
    rerank: untouched("model.rerank"),
    ...model,
  },
  files: {
    read: untouched("files.read"),
    store: untouched("files.store"),
    shrinkImage: untouched("files.shrinkImage"),
    ...files,
  },
  knowledge: { search: untouched("knowledge.search"), ...knowledge },
  registry: { classify: untouched("registry.classify"), chatModel: untouched("registry.chatModel"), ...registry },
  people: { ask: untouched("people.ask"), ...people },
  vault: {
    seal: untouched("vault.seal"),
    open: untouched("vault.open"),
    fingerprint: untouched("vault.fingerprint"),
    ...vault,
  },
});

const untouched = (name: string) => (): never => {
  throw new Error(`The test gave no ctx.${name}.`);
};
