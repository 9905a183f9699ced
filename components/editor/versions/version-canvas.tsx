"use client";

import { ReactFlowProvider, useOnViewportChange, useReactFlow, type Viewport } from "@xyflow/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { createRunStore } from "@/components/run/run-store";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import { Canvas } from "../canvas/canvas";
import { ContainerBar } from "../canvas/container-bar";
import { createDiagnosticsStore } from "../diagnostics/diagnostics-store";
import { createEditorStore } from "../store/editor-store";
import { createViewStore } from "../store/view-store";
import { useInterfaceLocale, type Workbench, WorkbenchProvider } from "../workbench";
import type { VersionMark } from "./version-marks";

interface VersionCanvasProps {
  readonly title: string;
  readonly document: GraphDocument;
  readonly marks: ReadonlyMap<string, VersionMark>;
  readonly markedWires: ReadonlySet<string>;
  /** Where both canvases look. */
  readonly viewport: SharedViewport;
  /** The step that is looked at. */
  readonly shown: string | null;
}

/** Follows whoever moved last, and tells the others. */
export interface SharedViewport {
  tell(from: object, viewport: Viewport): void;
  listen(self: object, follow: (viewport: Viewport) => void): () => void;
}

export const createSharedViewport = (): SharedViewport => {
  const listeners = new Map<object, (viewport: Viewport) => void>();
  return {
    tell: (from, viewport) => {
      for (const [self, follow] of listeners) if (self !== from) follow(viewport);
    },
    listen: (self, follow) => {
      listeners.set(self, follow);
      return () => listeners.delete(self);
    },
  };
};

/** One of two versions, drawn with what the other does otherwise. Nothing on it can be changed. */
export function VersionCanvas({ title, document, marks, markedWires, viewport, shown }: VersionCanvasProps) {
  const locale = useInterfaceLocale();
  const [workbench] = useState<Workbench>(() => ({
    editor: createEditorStore({ document, catalog, locale, now: () => Date.now(), readOnly: true }),
    view: createViewStore({ marks, markedWires }),
    run: createRunStore(),
    diagnostics: createDiagnosticsStore(),
  }));
  return (
    <WorkbenchProvider value={workbench}>
      <ReactFlowProvider>
        <section aria-label={title} className="relative min-h-0 min-w-0 flex-1" data-testid="version-canvas">
          <p className="absolute top-3 right-3 z-10 rounded-md border border-line bg-surface px-2 py-1 font-medium text-sm">
            {title}
          </p>
          <Canvas minimap={false} />
          <ContainerBar />
          <Follow viewport={viewport} />
          <Look node={shown} workbench={workbench} />
        </section>
      </ReactFlowProvider>
    </WorkbenchProvider>
  );
}

/** Keeps both canvases at the same place. */
function Follow({ viewport }: { readonly viewport: SharedViewport }) {
  const flow = useReactFlow();
  const [self] = useState(() => ({}));
  const followed = useRef<Viewport | null>(null);
  useEffect(
    () =>
      viewport.listen(self, (next) => {
        followed.current = next;
        void flow.setViewport(next);
      }),
    [viewport, self, flow],
  );
  useOnViewportChange({
    onChange: useCallback(
      (next: Viewport) => {
        const last = followed.current;
        // What was only followed is not told back.
        if (last !== null && last.x === next.x && last.y === next.y && last.zoom === next.zoom) return;
        viewport.tell(self, next);
      },
      [viewport, self],
    ),
  });
  return null;
}

/** Goes to a step and chooses it, where this version has it. */
function Look({ node, workbench }: { readonly node: string | null; readonly workbench: Workbench }) {
  const flow = useReactFlow();
  useEffect(() => {
    if (node === null) return;
    const { document, goTo, select } = workbench.editor.getState();
    goTo([]);
    if (!document.nodes.some(({ id }) => id === node)) {
      select({});
      return;
    }
    select({ nodes: [node] });
    void flow.fitView({ nodes: [{ id: node }], maxZoom: 0.9, padding: 0.5 });
  }, [node, workbench, flow]);
  return null;
}
