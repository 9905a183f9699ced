import type { Container } from "@/runtime/node/define-node";

type Body = Container["start"];
type Json = Body["nodes"][number]["config"][string];

/** What a new container holds: an input with these fields, wired straight through to an output of these names, to put steps between. */
export const startBody = (
  fields: readonly { readonly name: string; readonly [setting: string]: Json }[],
  output: { readonly name: string; readonly from: string },
): Body => ({
  schemaVersion: 1,
  nodes: [
    {
      id: "input",
      type: "io/input",
      typeVersion: 1,
      config: { fields: fields.map((field) => ({ ...field })) },
      disabled: false,
    },
    {
      id: "output",
      type: "io/output",
      typeVersion: 1,
      config: { outputs: [{ name: output.name, title: "" }] },
      disabled: false,
    },
  ],
  edges: [
    {
      id: "input-output",
      from: { node: "input", port: output.from },
      to: { node: "output", port: output.name },
    },
  ],
  layout: { input: { x: 0, y: 0 }, output: { x: 640, y: 0 } },
});
