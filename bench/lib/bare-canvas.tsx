// React Flow and nothing else, with cards that show what ours show: what `bench/canvas.ts` compares the editor with.
import {
  Background,
  type Edge,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useEdgesState,
  useNodesState,
} from "@xyflow/react";
import { memo } from "react";
import { createRoot } from "react-dom/client";
import type { GraphDocument } from "@/runtime/graph/document";

interface BareData extends Record<string, unknown> {
  readonly title: string;
  readonly preview: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}
type BareNode = Node<BareData, "bare">;

const Card = memo(function Card({ data }: NodeProps<BareNode>) {
  return (
    <div style={{ width: 232, border: "1px solid #ccc", borderRadius: 10, background: "#fff", fontSize: 12 }}>
      <div style={{ display: "flex", gap: 8, height: 34, alignItems: "center", padding: "0 12px" }}>
        <svg width="16" height="16" aria-hidden="true">
          <rect width="16" height="16" rx="4" fill="#7546d4" />
        </svg>
        <span style={{ flex: 1, fontWeight: 500 }}>{data.title}</span>
      </div>
      <p style={{ margin: 0, height: 20, padding: "0 12px", color: "#777" }}>{data.preview}</p>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", paddingBottom: 6 }}>
        {(["inputs", "outputs"] as const).map((side) => (
          <div key={side}>
            {data[side].map((name, row) => (
              <div
                key={name}
                style={{ height: 22, padding: "0 12px", textAlign: side === "inputs" ? "left" : "right" }}
              >
                <Handle
                  id={name}
                  type={side === "inputs" ? "target" : "source"}
                  position={side === "inputs" ? Position.Left : Position.Right}
                  style={{ top: 65 + row * 22, width: 10, height: 10 }}
                />
                <span>{name}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
});
const nodeTypes = { bare: Card };

interface Setup {
  readonly document: GraphDocument;
  /** As our editor does, or as React Flow does by itself. */
  readonly visibleOnly: boolean;
  readonly ports: readonly { readonly inputs: readonly string[]; readonly outputs: readonly string[] }[];
}

function Bare({ document: graph, visibleOnly, ports }: Setup) {
  const [nodes, , onNodesChange] = useNodesState<BareNode>(
    graph.nodes.map((node, index) => ({
      id: node.id,
      type: "bare",
      position: graph.layout[node.id] ?? { x: 0, y: 0 },
      data: {
        title: node.label ?? node.id,
        preview: String(node.config.user),
        ...(ports[index] ?? { inputs: [], outputs: [] }),
      },
    })),
  );
  const [edges, , onEdgesChange] = useEdgesState<Edge>(
    graph.edges.map(({ id, from, to }) => ({
      id,
      source: from.node,
      sourceHandle: from.port,
      target: to.node,
      targetHandle: to.port,
    })),
  );
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      nodeTypes={nodeTypes}
      minZoom={0.05}
      onlyRenderVisibleElements={visibleOnly}
      defaultViewport={{ x: 40, y: 40, zoom: 1 }}
    >
      <Background />
      <MiniMap />
    </ReactFlow>
  );
}

declare global {
  interface Window {
    readonly setup: Setup;
  }
}
const host = document.getElementById("root");
if (host) createRoot(host).render(<Bare {...window.setup} />);
