"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { ResizableGroup, ResizableHandle, ResizablePanel, usePanelRef } from "@/components/ui/resizable";
import { ConflictBanner } from "./autosave/conflict-banner";
import { LeftBehindBanner } from "./autosave/left-behind-banner";
import { Canvas } from "./canvas/canvas";
import { CanvasToolbar } from "./canvas/canvas-toolbar";
import { ConnectDialog } from "./canvas/connect-dialog";
import { ContainerBar } from "./canvas/container-bar";
import { EmptyCanvas } from "./canvas/empty-canvas";
import { FindDialog } from "./canvas/find-dialog";
import { HeatLegend } from "./canvas/heat-legend";
import { PickStepDialog } from "./canvas/pick-step-dialog";
import { QuickAdd } from "./canvas/quick-add";
import { CanvasMenu } from "./commands/canvas-menu";
import { ShortcutsSheet } from "./commands/shortcuts-sheet";
import { useKeys } from "./commands/use-keys";
import { usePalette } from "./commands/use-palette";
import { useLiveDiagnostics } from "./diagnostics/use-live-diagnostics";
import { EditorHeader } from "./header/editor-header";
import { Inspector } from "./inspector/inspector";
import { Palette } from "./palette/palette";
import { OpenedRunBanner } from "./run-control/opened-run-banner";
import { RunAloneDialog } from "./run-control/run-alone-dialog";
import { RunPanel } from "./run-control/run-panel";
import { SuppliesBanner } from "./supplies-banner";
import { VersionsSheet } from "./versions/versions-sheet";
import { useView, useWorkbench } from "./workbench";

const CompareDialog = lazy(() =>
  import("./compare/compare-dialog").then((module) => ({ default: module.CompareDialog })),
);

/** Header, palette, canvas, inspector and run panel; everything but the canvas folds away. */
export function EditorLayout({ tab }: { readonly tab: string }) {
  useKeys();
  usePalette();
  useLiveDiagnostics();
  const paletteOpen = useView((view) => view.paletteOpen);
  const inspectorOpen = useView((view) => view.inspectorOpen);
  const comparing = useView((view) => view.comparing !== null);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <EditorHeader />
      <ConflictBanner />
      <LeftBehindBanner tab={tab} />
      <SuppliesBanner />
      <OpenedRunBanner />
      <ResizableGroup orientation="vertical" className="min-h-0 flex-1">
        <ResizablePanel id="work-panel" minSize="30%">
          <ResizableGroup orientation="horizontal">
            {paletteOpen ? (
              <>
                <ResizablePanel
                  id="palette-panel"
                  defaultSize="188px"
                  minSize="150px"
                  maxSize="320px"
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <Palette />
                </ResizablePanel>
                <ResizableHandle />
              </>
            ) : null}
            <ResizablePanel id="canvas-panel" minSize="240px">
              <div className="relative h-full">
                <CanvasMenu>
                  <div className="h-full">
                    <Canvas />
                  </div>
                </CanvasMenu>
                <CanvasToolbar />
                <HeatLegend />
                <ContainerBar />
                <EmptyCanvas />
                <QuickAdd />
                <ConnectDialog />
                <PickStepDialog />
                <FindDialog />
              </div>
            </ResizablePanel>
            {inspectorOpen ? (
              <>
                <ResizableHandle />
                <ResizablePanel
                  id="inspector-panel"
                  defaultSize="320px"
                  minSize="260px"
                  maxSize="560px"
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <Inspector />
                </ResizablePanel>
              </>
            ) : null}
          </ResizableGroup>
        </ResizablePanel>
        <ResizableHandle />
        <FoldingRunPanel />
      </ResizableGroup>
      <ShortcutsSheet />
      <VersionsSheet />
      <RunAloneDialog />
      {comparing ? (
        <Suspense>
          <CompareDialog />
        </Suspense>
      ) : null}
    </div>
  );
}

const bar = 36;

/** Folded it is its bar; unfolded it takes the height that it had. */
function FoldingRunPanel() {
  const { view } = useWorkbench();
  const open = useView((state) => state.runPanelOpen);
  const panel = usePanelRef();
  const [height] = useState(240);
  useEffect(() => {
    if (open && panel.current?.isCollapsed()) panel.current.expand();
    else if (!open && !panel.current?.isCollapsed()) panel.current?.collapse();
  }, [open, panel]);
  return (
    <ResizablePanel
      id="run-panel-area"
      panelRef={panel}
      collapsible
      collapsedSize={`${bar}px`}
      defaultSize={`${height}px`}
      minSize="140px"
      maxSize="70%"
      groupResizeBehavior="preserve-pixel-size"
      onResize={({ inPixels }) => {
        const unfolded = inPixels > bar + 8;
        if (unfolded !== view.getState().runPanelOpen) view.setState({ runPanelOpen: unfolded });
      }}
    >
      <RunPanel />
    </ResizablePanel>
  );
}
