import type { InputField } from "@/runtime/node/define-node";
import type { Diagnostic } from "./diagnostic";
import type { ResolvedNode } from "./resolve-node";

type Nodes = ReadonlyMap<string, ResolvedNode>;

/** Whether a conversation finds the input and the result that it names, and reads no personal data that the pipeline keeps from its models. */
export const checkConversation = (nodes: Nodes): Diagnostic[] => {
  const active = [...nodes.values()].filter(({ node, definition }) => !node.disabled && definition !== undefined);
  const fields = active.flatMap(({ definition, config, ports }): readonly InputField[] =>
    definition?.boundary?.kind === "input" && ports !== undefined ? definition.boundary.fields(config) : [],
  );
  const results = active.flatMap(({ definition, ports }) =>
    definition?.boundary?.kind === "output" ? Object.keys(ports?.inputs ?? {}) : [],
  );
  const masks = active.some(({ ports }) => Object.hasOwn(ports?.outputs ?? {}, "sealed"));
  return active.flatMap(({ node, definition, config, ports }): readonly Diagnostic[] => {
    if (definition?.conversation === undefined || ports === undefined) return [];
    const { message, answer, masksPersonalData } = definition.conversation(config);
    const name = node.label ?? definition.title.en;
    const unknown = (field: "message" | "answer", missing: string): Diagnostic => ({
      code: "conversation-name-unknown",
      severity: "error",
      message: `"${name}" keeps ${field === "message" ? "the input" : "the result"} "${missing}", which the pipeline does not have.`,
      hint: "Correct the name, or leave it empty.",
      params: { node: name, name: missing, field },
      at: { node: node.id, field },
    });
    const found: Diagnostic[] = [];
    if (message !== "" && !fields.some((field) => field.name === message)) found.push(unknown("message", message));
    if (answer !== "" && !results.includes(answer)) found.push(unknown("answer", answer));
    if (masks && !masksPersonalData)
      found.push({
        code: "conversation-unmasked",
        severity: "warning",
        message: `The pipeline masks personal data, but "${name}" keeps it: models read it in the earlier turns.`,
        hint: 'Switch on "Mask personal data in what is kept".',
        params: { node: name },
        at: { node: node.id, field: "masksPersonalData" },
      });
    return found;
  });
};
