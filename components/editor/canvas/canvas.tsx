"use client";

import {
  Background,
  BackgroundVariant,
  type Connection,
  type Edge,
  type FinalConnectionState,
  MiniMap,
  type OnConnectStartParams,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
  useStoreApi,
} from "@xyflow/react";
import { useTranslations } from "next-intl";
import { type DragEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef } from "react";
import { toast } from "@/components/ui/toaster";
import { categoryInfo, categoryOf } from "@/runtime/node/category";
import { useCommands } from "../commands/use-commands";
import { connectionChecker, type LooseEnd } from "../gestures/check-connection";
import { nodeDragType } from "../palette/node-drag";
import type { CardNode, WireEdge } from "../store/flow-elements";
import { useEditor, useView, useWorkbench } from "../workbench";
import "./canvas.css";
import { cardGeometry } from "./card-geometry";
import { ConnectionLine } from "./connection-line";
import { NodeCard } from "./node-card";
import { openingView } from "./opening-view";
import { useMinimap } from "./use-minimap";
import { useRefusalText } from "./use-refusal-text";
import { Wire } from "./wire";
import { WireValue } from "./wire-value";

const nodeTypes = { card: NodeCard };
const edgeTypes = { wire: Wire };
const fitViewOptions = { padding: 0.06, maxZoom: 1 };
const snapGrid: [number, number] = [4, 4];
const severalKeys = ["Shift", "Meta", "Control"];
/** The right button opens the menu. */
const panButtons = { hand: [0, 1], select: [1] };

const minimapHue = (card: CardNode): string => {
  const category = categoryOf(card.data.node.type);
  return category ? `var(${categoryInfo[category].hue})` : "var(--line-strong)";
};

const sameRefusal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The graph. Everything on it is a fold of the stores; every gesture becomes an operation. */
export function Canvas({ minimap = true }: { readonly minimap?: boolean }) {
  const { editor, view } = useWorkbench();
  const cards = useEditor((state) => state.cards);
  const wires = useEditor((state) => state.wires);
  const readOnly = useEditor((state) => state.readOnly);
  const tool = useView((state) => state.tool);
  const overview = useMinimap();
  const commands = useCommands();
  const refusalText = useRefusalText();
  const t = useTranslations("editor");
  const ariaLabels = useMemo(
    () => ({
      "node.a11yDescription.default": t("spoken.cardHelp"),
      "node.a11yDescription.keyboardDisabled": t("spoken.cardHelp"),
      "node.a11yDescription.ariaLiveMessage": ({ direction, x, y }: { direction: string; x: number; y: number }) =>
        t("spoken.moved", {
          direction: t(`spoken.direction.${direction as "left"}`),
          x: Math.round(x),
          y: Math.round(y),
        }),
      "edge.a11yDescription.default": t("spoken.wireHelp"),
    }),
    [t],
  );
  const reconnected = useRef(false);
  const pane = useRef<HTMLDivElement>(null);

  const handlers = useMemo(() => {
    const end = (side: "input" | "output", node: string | null, port: string | null | undefined): LooseEnd | null =>
      node !== null && port !== null && port !== undefined ? { side, ref: { node, port } } : null;

    return {
      onConnectStart: (_: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
        const begun = end(handleType === "source" ? "output" : "input", nodeId, handleId);
        if (!begun) return;
        const { document, flow } = editor.getState();
        const check = connectionChecker(document, flow.portsOf, begun);
        view.setState({ connecting: { begun, check }, refusal: null, hoveredWire: null });
      },
      isValidConnection: (connection: Connection | Edge): boolean => {
        const { connecting, refusal } = view.getState();
        if (!connecting) return false;
        const other =
          connecting.begun.side === "output"
            ? end("input", connection.target, connection.targetHandle)
            : end("output", connection.source, connection.sourceHandle);
        const found = other ? connecting.check(other) : null;
        if (!sameRefusal(found, refusal)) view.setState({ refusal: found });
        return other !== null && found === null;
      },
      onConnect: ({ source, sourceHandle, target, targetHandle }: Connection) => {
        if (sourceHandle && targetHandle)
          commands.connect({ node: source, port: sourceHandle }, { node: target, port: targetHandle });
      },
      onReconnectStart: () => {
        reconnected.current = false;
      },
      onReconnect: (wire: WireEdge, { source, sourceHandle, target, targetHandle }: Connection) => {
        reconnected.current = true;
        if (!sourceHandle || !targetHandle) return;
        commands.connect({ node: source, port: sourceHandle }, { node: target, port: targetHandle }, wire.id);
      },
      onReconnectEnd: (_: unknown, wire: WireEdge, __: unknown, state: FinalConnectionState) => {
        // A wire pulled off a port and let go over nothing is cut.
        if (!reconnected.current && !state.toNode) editor.getState().apply([{ type: "disconnect", edges: [wire.id] }]);
        view.setState({ connecting: null, refusal: null });
      },
    };
  }, [editor, view, commands]);

  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { connecting } = view.getState();
      view.setState({ connecting: null, refusal: null });
      if (state.isValid || !connecting) return;
      if (state.toHandle && state.toNode) {
        const side = state.toHandle.type === "source" ? "output" : "input";
        const refusal = connecting.check({ side, ref: { node: state.toNode.id, port: state.toHandle.id ?? "" } });
        if (refusal) toast.error(t("wire.refused"), { description: refusalText(refusal) });
        return;
      }
      const at = "changedTouches" in event ? event.changedTouches[0] : event;
      const target = event.target instanceof Element ? event.target : null;
      if (at && target?.closest(".react-flow__pane"))
        view.setState({ quickAdd: { at: { x: at.clientX, y: at.clientY }, from: connecting.begun } });
    },
    [view, t, refusalText],
  );

  const onDrop = useCallback(
    (event: DragEvent) => {
      const definition = editor.getState().catalog.get(event.dataTransfer.getData(nodeDragType));
      if (!definition) return;
      event.preventDefault();
      const flow = commands.toCanvas({ x: event.clientX, y: event.clientY });
      commands.add(definition, { x: flow.x - cardGeometry.width / 2, y: flow.y - cardGeometry.header / 2 });
    },
    [editor, commands],
  );

  // A double click on the empty canvas asks what to add there. React Flow reports clicks on the pane one by one only.
  useEffect(() => {
    const host = pane.current;
    if (!host || readOnly) return;
    const ask = (event: globalThis.MouseEvent) => {
      if (event.target instanceof Element && event.target.classList.contains("react-flow__pane"))
        view.setState({ quickAdd: { at: { x: event.clientX, y: event.clientY }, from: null } });
    };
    host.addEventListener("dblclick", ask);
    return () => host.removeEventListener("dblclick", ask);
  }, [view, readOnly]);

  // Everything at once where that can still be read, else the beginning: the inputs stand at the left.
  const openLegibly = useCallback((instance: ReactFlowInstance<CardNode, WireEdge>) => {
    const room = pane.current?.getBoundingClientRect();
    const drawn = instance.getNodes();
    if (!room || drawn.length === 0) return;
    void instance.setViewport(
      openingView(instance.getNodesBounds(drawn), drawn, { width: room.width, height: room.height }),
    );
  }, []);

  // Written past React: zooming must not draw the cards again.
  const flow = useStoreApi();
  useEffect(() => {
    let shown = 0;
    const follow = () => {
      const far = Math.min(4, Math.round(10 / flow.getState().transform[2]) / 10);
      if (far !== shown) pane.current?.style.setProperty("--far", String(far));
      shown = far;
    };
    follow();
    return flow.subscribe(follow);
  }, [flow]);

  return (
    <div ref={pane} className="canvas relative h-full w-full" data-tool={tool} data-testid="canvas">
      <ReactFlow<CardNode, WireEdge>
        nodes={cards}
        edges={wires}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={editor.getState().changeCards}
        onEdgesChange={editor.getState().changeWires}
        {...handlers}
        onConnectEnd={onConnectEnd}
        onEdgeMouseEnter={(event: MouseEvent, wire) =>
          view.setState({ hoveredWire: { id: wire.id, at: { x: event.clientX, y: event.clientY } } })
        }
        onNodeDoubleClick={(_, card) => {
          if (card.data.node.body !== undefined) commands.enter(card.id);
        }}
        onEdgeMouseLeave={() => view.setState({ hoveredWire: null })}
        onDrop={onDrop}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(nodeDragType)) event.preventDefault();
        }}
        connectionLineComponent={ConnectionLine}
        connectionRadius={28}
        onlyRenderVisibleElements
        {...(readOnly ? { fitView: true, fitViewOptions } : { onInit: openLegibly })}
        minZoom={0.08}
        maxZoom={2}
        snapToGrid
        snapGrid={snapGrid}
        panOnScroll
        zoomOnDoubleClick={false}
        panOnDrag={panButtons[tool]}
        selectionOnDrag={tool === "select"}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={severalKeys}
        deleteKeyCode={null}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        elevateNodesOnSelect={false}
        aria-label={t("canvas.label")}
        ariaLabelConfig={ariaLabels}
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={20}
          size={1.25}
          color="var(--line-strong)"
          bgColor="var(--page)"
        />
        {minimap && overview.shown ? (
          <MiniMap<CardNode>
            pannable
            zoomable
            nodeColor={minimapHue}
            nodeBorderRadius={12}
            maskColor="color-mix(in srgb, var(--page) 70%, transparent)"
            style={{ width: 150, height: 96 }}
            ariaLabel={t("canvas.minimap")}
          />
        ) : null}
      </ReactFlow>
      <WireValue />
    </div>
  );
}
