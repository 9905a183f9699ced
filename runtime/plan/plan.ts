import type { NodePolicy } from "@/runtime/graph/document";
import type { BodyContent, BodyInterface } from "@/runtime/node/body";
import type { AnyNode } from "@/runtime/node/catalog";
import type { ConversationSpec } from "@/runtime/node/conversation";
import type { InputField } from "@/runtime/node/define-node";
import type { PortKind } from "@/runtime/node/port";
import type { ValueCheck } from "./check-value";

/** A document made ready to run: nothing in it can be wrong any more but the values. Immutable, shared by all runs of a revision. */
export interface Plan {
  readonly graphHash: string;
  /** Longest that a run may take; left out: `timeLimits.standard`. */
  readonly timeLimitSeconds?: number;
  /** In topological order; `PlanNode.index` is the place in this list. */
  readonly nodes: readonly PlanNode[];
  /** What a run asks its caller for. */
  readonly inputFields: readonly InputField[];
  /** What a run answers. */
  readonly outputs: readonly PlanOutput[];
  /** How runs are turns of conversations; left out where each is by itself. */
  readonly conversation?: ConversationSpec;
}

export interface PlanNode {
  readonly index: number;
  readonly id: string;
  /** The node's own name, or the English title of its type. */
  readonly label: string;
  /** null only where `disabled`: such a node may be of a type this program does not have. */
  readonly definition: AnyNode | null;
  readonly config: unknown;
  readonly disabled: boolean;
  readonly policy: NodePolicy;
  readonly join: "all" | "any";
  readonly inputs: readonly PlanInput[];
  readonly outputs: ReadonlyMap<string, PlanPort>;
  /** Names of outputs that `run` must return. */
  readonly requiredOutputs: readonly string[];
  /** What goes on while the node is `disabled`; empty where it is not. */
  readonly passes: readonly PlanPass[];
  /** Wires that end here. */
  readonly incoming: number;
  readonly outgoing: readonly PlanEdge[];
  /** The steps of a container; null for any other node, and for a container that is switched off. */
  readonly body: PlanBody | null;
}

export interface PlanBody {
  readonly plan: Plan;
  readonly interface: BodyInterface;
  readonly content: BodyContent;
}

export interface PlanPort {
  readonly kind: PortKind;
  readonly optional: boolean;
  /** null where every value will do. */
  readonly check: ValueCheck | null;
}

export interface PlanInput extends PlanPort {
  readonly name: string;
}

/** An output of a node that is switched off gives on what came into the input of this index. */
export interface PlanPass {
  readonly output: string;
  readonly input: number;
  /** Whether the value has to be written out as text. */
  readonly toText: boolean;
}

export interface PlanEdge {
  readonly sourcePort: string;
  /** Index of the node it leads to, and of the input in that node's `inputs`. */
  readonly target: number;
  readonly input: number;
  /** Whether the value has to be written out as text. */
  readonly toText: boolean;
}

/** One named output of the run. */
export interface PlanOutput {
  readonly name: string;
  readonly kind: PortKind;
  /** Id of the output node. */
  readonly node: string;
  /** Where its value comes from: deltas of that port are deltas of this output. null where nothing is wired, or nothing comes through. */
  readonly source: { readonly node: string; readonly port: string } | null;
}
