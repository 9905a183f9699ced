import { type ReactFlowState, useStore as useFlowStore } from "@xyflow/react";
import { useEditor, useView, useWorkbench } from "../workbench";
import { minimapHelps } from "./minimap-shown";

/** Fewer cards need no overview. */
const fewest = 4;

function* boxes({ nodeLookup }: ReactFlowState) {
  for (const { internals, measured } of nodeLookup.values()) {
    const { width = 0, height = 0 } = measured;
    yield { ...internals.positionAbsolute, width, height };
  }
}
const helps = (state: ReactFlowState): boolean => minimapHelps(state, boxes(state));

/** Whether the overview is shown: as the person wants it, else where it helps. */
export const useMinimap = () => {
  const { view } = useWorkbench();
  const offered = useEditor(({ cards }) => cards.length >= fewest);
  const wanted = useView((state) => state.minimap);
  const helpful = useFlowStore(helps);
  const shown = offered && (wanted ?? helpful);
  return { offered, shown, toggle: () => view.setState({ minimap: !shown }) };
};
