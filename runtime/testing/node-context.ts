import { type Capabilities, type CapabilityName, capabilities } from "@/runtime/capability/capabilities";
import { noBody } from "@/runtime/node/body";
import type { NodeContext } from "@/runtime/node/context";

type Members = {
  readonly [Name in CapabilityName | "model" | "people" | "frames"]?: Partial<NodeContext[Name]>;
} & Partial<Pick<NodeContext, "signal" | "run" | "log" | "now" | "once">>;

/** A context of the members given, for calling a node's `run` directly. A test that touches anything else fails. */
export const nodeContext = (members: Members = {}): NodeContext => {
  const { signal = new AbortController().signal, run = { id: "run-1", inputs: {} }, log = () => {} } = members;
  const names = Object.keys(capabilities) as CapabilityName[];
  const bound = Object.fromEntries(names.map((name) => [name, only(name, members[name])])) as unknown as Capabilities;
  const { now = () => new Date(0), once = everyTime } = members;
  const model = only("model", members.model) as NodeContext["model"];
  const people = only("people", members.people) as NodeContext["people"];
  const frames = only("frames", { body: noBody, ...members.frames }) as NodeContext["frames"];
  return { ...bound, signal, run, log, now, model, people, frames, once };
};

/** Nothing was done before. */
const everyTime: NodeContext["once"] = {
  value: (_, compute) => compute(),
  kept: () => undefined,
  keep: (_, value) => value,
  call: (_, make) => make(),
};

const only = (name: string, given: object = {}): object =>
  new Proxy(given, {
    get: (target, member) => {
      // Members of a class stand on its prototype, and use fields of their own.
      const found: unknown = Reflect.get(target, member, target);
      if (found !== undefined) return typeof found === "function" ? found.bind(target) : found;
      return (): never => {
        throw new Error(`The test gave no ctx.${name}.${String(member)}.`);
      };
    },
  });
