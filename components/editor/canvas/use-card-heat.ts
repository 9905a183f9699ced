import { useShallow } from "zustand/react/shallow";
import { useEditor, useRun, useView } from "../workbench";
import { useFramePrefix } from "./frame-prefix";
import { runHeat } from "./run-heat";

const cold = { share: 0, isCritical: false };

/** How much of a run's time or money a step took, while the canvas is painted with it. */
export const useCardHeat = (node: string): { readonly share: number; readonly isCritical: boolean } => {
  const mode = useView((view) => view.heat);
  const document = useEditor((state) => (mode === "none" ? null : state.document));
  const prefix = useFramePrefix();
  return useRun(
    useShallow(({ current }) => {
      if (mode === "none" || document === null || current === null) return cold;
      const heat = runHeat(current.state, document, prefix);
      return { share: heat[mode].get(node) ?? 0, isCritical: mode === "time" && heat.critical.includes(node) };
    }),
  );
};

/** Whether a wire lies on the chain that the end of the run waited for, while the canvas is painted with time. */
export const useIsCritical = (prefix: string, source: string, target: string): boolean => {
  const mode = useView((view) => view.heat);
  const document = useEditor((state) => (mode === "time" ? state.document : null));
  return useRun(({ current }) => {
    if (document === null || current === null) return false;
    const { critical } = runHeat(current.state, document, prefix);
    const at = critical.indexOf(source);
    return at >= 0 && critical[at + 1] === target;
  });
};
