"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useState } from "react";
import { Canvas } from "@/components/editor/canvas/canvas";
import { CanvasToolbar } from "@/components/editor/canvas/canvas-toolbar";
import { ContainerBar } from "@/components/editor/canvas/container-bar";
import { framePrefix } from "@/components/editor/canvas/frame-prefix";
import { HeatLegend } from "@/components/editor/canvas/heat-legend";
import { showPath } from "@/components/editor/canvas/show-path";
import { createDiagnosticsStore } from "@/components/editor/diagnostics/diagnostics-store";
import { createEditorStore } from "@/components/editor/store/editor-store";
import { createViewStore } from "@/components/editor/store/view-store";
import { useInterfaceLocale, type Workbench, WorkbenchProvider } from "@/components/editor/workbench";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import type { RunEvent } from "@/runtime/run/events";
import { createRunStore } from "./run-store";

export interface RunCanvasProps {
  /** The document that the run ran. */
  readonly document: GraphDocument;
  /** In order, from the first; may grow while the run goes on. */
  readonly events: readonly RunEvent[];
  /** The node chosen in the waterfall beside it. */
  readonly selected?: string | null;
  readonly onSelect?: (node: string | null) => void;
}

/** A graph painted with a run; nothing on it can be changed. */
export function RunCanvas({ document, events, selected, onSelect }: RunCanvasProps) {
  const locale = useInterfaceLocale();
  const [workbench] = useState<Workbench>(() => ({
    editor: createEditorStore({ document, catalog, locale, now: () => Date.now(), readOnly: true }),
    view: createViewStore(),
    run: createRunStore(),
    diagnostics: createDiagnosticsStore(),
  }));

  useEffect(() => {
    if (workbench.editor.getState().whole.nodes !== document.nodes) workbench.editor.getState().open(document);
  }, [workbench, document]);
  useEffect(() => workbench.run.getState().show(events), [workbench, events]);
  useEffect(() => {
    if (selected === undefined) return;
    showPath(workbench, selected);
  }, [workbench, selected]);
  useEffect(
    () =>
      workbench.editor.subscribe((state, before) => {
        if (state.selection.nodes === before.selection.nodes) return;
        const [first] = state.selection.nodes;
        const { scope } = state;
        const prefix = framePrefix(workbench.run.getState().current?.state, scope, workbench.view.getState().frames);
        // Opening a container chooses the frame that is shown of it.
        if (first !== undefined) onSelect?.([...prefix, first].join("/"));
        else if (scope === before.scope) onSelect?.(null);
      }),
    [workbench, onSelect],
  );

  return (
    <WorkbenchProvider value={workbench}>
      <ReactFlowProvider>
        <div className="relative h-full">
          <Canvas minimap={false} />
          <CanvasToolbar minimap={false} />
          <ContainerBar />
          <HeatLegend />
        </div>
      </ReactFlowProvider>
    </WorkbenchProvider>
  );
}
