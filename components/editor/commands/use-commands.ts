"use client";

import { useReactFlow } from "@xyflow/react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "@/components/ui/toaster";
import { type GraphNode, graphLimits, type PortRef, type Position } from "@/runtime/graph/document";
import type { AnyNode } from "@/runtime/node/catalog";
import { canConnect } from "@/runtime/node/connection";
import { cardGeometry } from "../canvas/card-geometry";
import { connectionEnds, type LooseEnd } from "../gestures/check-connection";
import { copyNodes, pasteClip, readClip, writeClip } from "../gestures/clip";
import { clipRefusal } from "../gestures/clip-refusal";
import { editConfig } from "../gestures/edit-config";
import { extractNodes } from "../gestures/extract";
import { freePlace, placeBeside } from "../gestures/free-place";
import { newEdgeId, randomWord } from "../gestures/identifiers";
import { inlineNode } from "../gestures/inline";
import { addNode } from "../gestures/new-node";
import { obviousWire } from "../gestures/obvious-wire";
import { useWorkbench } from "../workbench";
import { type AlignEdge, align, type Box, type Direction, distribute } from "./arrange";

/** Everything a hand can do to the pipeline, whatever it was done with: pointer, keyboard, menu or palette. */
export const useCommands = () => {
  const { editor, view } = useWorkbench();
  const flow = useReactFlow();
  const t = useTranslations("editor");

  return useMemo(() => {
    const state = () => editor.getState();
    const full = () => {
      toast.error(t("limit.title"), { description: t("limit.description", { count: graphLimits.nodes }) });
    };
    const canvasMiddle = (): Position => {
      const pane = document.querySelector(".canvas")?.getBoundingClientRect();
      const middle = pane
        ? { x: pane.left + pane.width / 2, y: pane.top + pane.height / 2 }
        : { x: window.innerWidth / 2, y: window.innerHeight / 2 };
      const at = flow.screenToFlowPosition(middle);
      return { x: at.x - cardGeometry.width / 2, y: at.y - 40 };
    };
    const select = (nodes: readonly string[]) => state().select({ nodes });

    const add = (definition: AnyNode, at: Position | null): string | null => {
      const { document, apply } = state();
      if (document.nodes.length >= graphLimits.nodes) {
        full();
        return null;
      }
      // By key or click: right of the one chosen step, wired where one wire is obvious.
      const { selection, flow: context } = state();
      const [chosen] = at === null && selection.nodes.size === 1 ? selection.nodes : [];
      const beside = document.nodes.find((node) => node.id === chosen);
      const wished = beside ? placeBeside(document, beside.id) : canvasMiddle();
      const place = at ? { x: Math.round(at.x), y: Math.round(at.y) } : freePlace(document, wished);
      const { id, node, operations } = addNode(document, definition, place, randomWord);
      const wire =
        beside && obviousWire({ id: beside.id, ports: context.portsOf(beside) }, { id, ports: context.portsOf(node) });
      apply([
        ...operations,
        ...(wire ? [{ type: "connect" as const, edge: { id: newEdgeId(randomWord), ...wire } }] : []),
      ]);
      select([id]);
      view.setState({ inspectorTab: "settings" });
      if (at === null) bringIntoView(place);
      return id;
    };

    /** Moves the canvas as far as a card at this place needs to be seen whole, and no further. */
    const bringIntoView = (place: Position) => {
      const pane = document.querySelector(".canvas")?.getBoundingClientRect();
      if (!pane) return;
      const { x, y, zoom } = flow.getViewport();
      const margin = 24;
      const shift = (from: number, size: number, room: number): number =>
        from < margin ? margin - from : Math.min(0, room - margin - (from + size));
      const dx = shift(place.x * zoom + x, cardGeometry.width * zoom, pane.width);
      const dy = shift(place.y * zoom + y, cardGeometry.usualHeight * zoom, pane.height);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 160 });
    };

    /** Adds a node at the loose end of a wire and ties the wire to its first port that fits. */
    const addFor = (definition: AnyNode, at: Position, from: LooseEnd) => {
      const { document, flow: context, apply } = state();
      const begun = document.nodes.find(({ id }) => id === from.ref.node);
      if (!begun || document.nodes.length >= graphLimits.nodes) return;
      const kind = (from.side === "output" ? context.portsOf(begun).outputs : context.portsOf(begun).inputs)[
        from.ref.port
      ]?.kind;
      const added = addNode(document, definition, at, randomWord);
      const node = added.operations.flatMap((operation) => (operation.type === "add-node" ? [operation.node] : []))[0];
      if (!node || !kind) return;
      const ports = context.portsOf(node);
      const candidates = Object.entries(from.side === "output" ? ports.inputs : ports.outputs);
      const fits = candidates.filter(([, port]) =>
        from.side === "output" ? canConnect(kind, port.kind) : canConnect(port.kind, kind),
      );
      // A port of the very same kind is meant more often than one that would merely do.
      const [port] = fits.find(([, { kind: own }]) => own === kind) ?? fits[0] ?? [];
      apply([
        ...added.operations,
        ...(port === undefined
          ? []
          : [
              {
                type: "connect" as const,
                edge: {
                  id: newEdgeId(randomWord),
                  ...connectionEnds(from, {
                    side: from.side === "output" ? "input" : "output",
                    ref: { node: added.id, port },
                  }),
                },
              },
            ]),
      ]);
      select([added.id]);
    };

    /** Lays a wire, in place of `moved` where given. An input takes one wire: one that ended there goes, and that is said. */
    const connect = (from: PortRef, to: PortRef, moved?: string) => {
      const { document, apply } = state();
      const replaced = document.edges.find(
        (edge) => edge.id !== moved && edge.to.node === to.node && edge.to.port === to.port,
      );
      apply([
        ...(moved === undefined ? [] : [{ type: "disconnect" as const, edges: [moved] }]),
        { type: "connect", edge: { id: newEdgeId(randomWord), from, to } },
      ]);
      if (!replaced || (replaced.from.node === from.node && replaced.from.port === from.port)) return;
      const after = state().document;
      toast.info(t("wire.replaced"), {
        action: {
          label: t("wire.replacedUndo"),
          onClick: () => {
            const now = state();
            if (now.document === after) now.undo();
            else if ([replaced.from, replaced.to].every(({ node }) => now.document.nodes.some(({ id }) => id === node)))
              now.apply([{ type: "connect", edge: { ...replaced, id: newEdgeId(randomWord) } }]);
          },
        },
      });
    };

    /** Asks by name what the chosen step is to be wired to. */
    const connectByName = () => {
      const { selection, readOnly } = state();
      const [node] = selection.nodes;
      if (!readOnly && selection.nodes.size === 1 && node !== undefined) view.setState({ connectFrom: { node } });
    };

    const removeSelection = () => {
      const { selection, apply } = state();
      const operations = [];
      if (selection.edges.size > 0) operations.push({ type: "disconnect" as const, edges: [...selection.edges] });
      if (selection.nodes.size > 0) operations.push({ type: "remove-nodes" as const, nodes: [...selection.nodes] });
      if (operations.length > 0) apply(operations);
    };

    /** Says so where no further step fits. */
    const isFull = (): boolean => {
      if (state().document.nodes.length < graphLimits.nodes) return false;
      full();
      return true;
    };

    /** Says why a text that was pasted is no part of a pipeline. A line that was copied elsewhere is told in a word. */
    const refuseClip = (text: string) => {
      const refusal = clipRefusal(text);
      const description = t(`pasteRefused.${refusal.code}`, { ...refusal });
      toast.info(t("pasteUnknown"), { description });
    };

    const paste = (text: string, at: Position | null): boolean => {
      const clip = readClip(text);
      if (!clip || state().readOnly) return false;
      const pasted = pasteClip(state().document, clip, at, randomWord);
      if (pasted === "too-many") {
        full();
        return true;
      }
      state().apply(pasted.operations);
      select(pasted.nodes);
      return true;
    };

    const copyText = (): string | null => {
      const clip = copyNodes(state().document, state().selection.nodes);
      return clip && writeClip(clip);
    };

    const duplicate = () => {
      const text = copyText();
      if (text) paste(text, null);
    };

    const setField = (node: GraphNode, field: string, value: GraphNode["config"][string] | undefined) => {
      const { document, catalog, flow: context, apply } = state();
      // The document may have moved on since the form was drawn: the newest node counts.
      const current = document.nodes.find(({ id }) => id === node.id);
      if (!current) return;
      const operations = editConfig(
        document,
        catalog,
        context.portsOf(current),
        { node: current, field, value },
        randomWord,
      );
      apply(operations, `config:${node.id}:${field}`);
    };

    const selectAll = () => state().select({ nodes: state().document.nodes.map(({ id }) => id) });

    const nudge = (dx: number, dy: number) => {
      const { selection, document, apply } = state();
      if (selection.nodes.size === 0) return;
      const positions = Object.fromEntries(
        [...selection.nodes].map((id) => {
          const at = document.layout[id] ?? { x: 0, y: 0 };
          return [id, { x: at.x + dx, y: at.y + dy }];
        }),
      );
      apply([{ type: "move-nodes", positions }], "nudge");
    };

    const boxesOf = (chosen: (id: string) => boolean): Box[] =>
      state()
        .cards.filter(({ id }) => chosen(id))
        .map(({ id, position, measured }) => ({
          id,
          ...position,
          width: measured?.width ?? cardGeometry.width,
          height: measured?.height ?? cardGeometry.usualHeight,
        }));
    const selected = (): Box[] => boxesOf((id) => state().selection.nodes.has(id));
    const move = (positions: Readonly<Record<string, Position>>) => state().apply([{ type: "move-nodes", positions }]);

    /** Lays out what is selected, or everything where that is less than two steps. */
    const tidyUpSteps = async () => {
      const { selection, document, readOnly } = state();
      if (readOnly) return;
      const some = selection.nodes.size > 1;
      // Only whoever tidies up fetches the layout's code.
      const { tidyUp } = await import("./tidy-up");
      const boxes = boxesOf((id) => !some || selection.nodes.has(id));
      // Meanwhile it may have been changed: what is gone is left out.
      const wires = document.edges.map(({ from, to }) => ({ from: from.node, to: to.node }));
      move(tidyUp(boxes, wires));
      if (!some) fitAll();
    };

    const copyToClipboard = async (): Promise<boolean> => {
      const text = copyText();
      if (text === null) return false;
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        toast.error(t("clipboard.refused"), { description: t("clipboard.useKeys", { keys: "Ctrl C" }) });
        return false;
      }
    };

    const pasteFromClipboard = async () => {
      try {
        const text = await navigator.clipboard.readText();
        if (!paste(text, null)) refuseClip(text);
      } catch {
        toast.error(t("clipboard.refused"), { description: t("clipboard.useKeys", { keys: "Ctrl V" }) });
      }
    };

    const fitAll = () => void flow.fitView({ duration: 160, padding: 0.06, maxZoom: 1 });
    const fitSelection = () => {
      const nodes = [...state().selection.nodes].map((id) => ({ id }));
      if (nodes.length > 0) void flow.fitView({ nodes, duration: 160, padding: 0.2, maxZoom: 1.25 });
    };

    const toggleDisabled = () => {
      const { selection, document, apply } = state();
      const nodes = document.nodes.filter(({ id }) => selection.nodes.has(id));
      const disabled = nodes.some((node) => !node.disabled);
      apply(nodes.map(({ id }) => ({ type: "set-disabled" as const, node: id, disabled })));
    };

    /** Brings a node into view, chooses it, and points at one of its settings. */
    const reveal = (node: string, field?: string, inside: readonly string[] = state().scope) => {
      state().goTo(inside);
      select([node]);
      view.setState({
        inspectorOpen: true,
        inspectorTab: "settings",
        focusedField: field === undefined ? null : { node, field: field.split(".")[0] ?? field },
      });
      void flow.fitView({ nodes: [{ id: node }], duration: 160, maxZoom: Math.max(0.8, flow.getZoom()), padding: 0.6 });
    };

    /** Puts the chosen steps into a container of their own: one step to undo. */
    const extract = () => {
      const { document, catalog, selection, flow: context, apply, readOnly } = state();
      if (readOnly) return;
      const extracted = extractNodes(selection.nodes, {
        document,
        catalog,
        portsOf: context.portsOf,
        random: randomWord,
      });
      if (typeof extracted === "string") {
        toast.error(t("group.refused"), { description: t(`group.${extracted}`) });
        return;
      }
      apply(extracted.operations);
      select([extracted.id]);
    };
    /** Puts what the chosen container holds in its place. */
    const inline = () => {
      const { document, catalog, selection, apply, readOnly } = state();
      const [only] = selection.nodes;
      if (readOnly || only === undefined || selection.nodes.size > 1) return;
      const inlined = inlineNode(document, catalog, only, randomWord);
      if (inlined === null) return;
      if (document.nodes.length + inlined.nodes.length > graphLimits.nodes) {
        full();
        return;
      }
      apply(inlined.operations);
      select(inlined.nodes);
      if (inlined.dropsPolicy) toast.info(t("group.policyDropped"));
    };

    /** Opens what a container holds, and shows all of it. */
    const enter = (node: string) => {
      state().goTo([...state().scope, node]);
      requestAnimationFrame(() => void flow.fitView({ padding: 0.2, maxZoom: 1 }));
    };
    /** Closes containers until so many are open. */
    const leave = (depth: number) => {
      const { scope } = state();
      const left = scope[depth];
      state().goTo(scope.slice(0, depth));
      if (left !== undefined) select([left]);
      requestAnimationFrame(() => void flow.fitView({ padding: 0.06, maxZoom: 1 }));
    };

    return {
      add,
      addFor,
      align: (edge: AlignEdge) => move(align(selected(), edge)),
      connect,
      connectByName,
      copyText,
      copyToClipboard,
      distribute: (direction: Direction) => move(distribute(selected(), direction)),
      duplicate,
      enter,
      extract,
      inline,
      isFull,
      refuseClip,
      leave,
      fit: fitAll,
      fitSelection,
      nudge,
      paste,
      pasteFromClipboard,
      removeSelection,
      reveal,
      selectAll,
      setField,
      toCanvas: (at: Position): Position => flow.screenToFlowPosition(at),
      tidyUp: tidyUpSteps,
      toggleDisabled,
      zoomIn: () => void flow.zoomIn({ duration: 120 }),
      zoomOut: () => void flow.zoomOut({ duration: 120 }),
      zoomTo: (zoom: number) => void flow.zoomTo(zoom, { duration: 120 }),
    };
  }, [editor, view, flow, t]);
};

export type Commands = ReturnType<typeof useCommands>;
