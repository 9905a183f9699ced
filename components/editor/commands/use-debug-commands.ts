import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { downloadText, fileNameOf } from "@/components/evaluation/results/download-text";
import { toast } from "@/components/ui/toaster";
import { pinOf } from "@/runtime/graph/pins";
import { framePrefix, nodeKey } from "../canvas/frame-prefix";
import { readPin } from "../gestures/read-pin";
import { useSession } from "../session";
import { useWorkbench } from "../workbench";

/** Running a part of the pipeline, and holding still what a step gives. */
export const useDebugCommands = () => {
  const { editor, view, run } = useWorkbench();
  const { runPart, pipelineId, store } = useSession();
  const router = useRouter();
  const t = useTranslations("run");
  return useMemo(() => {
    const chosen = (): string | null => {
      const { selection } = editor.getState();
      const [only] = selection.nodes;
      return selection.nodes.size === 1 && only !== undefined ? only : null;
    };
    const onChosen = (mode: "to" | "from") => () => {
      const node = chosen();
      if (node !== null) runPart({ mode, node });
    };

    /** Pins what a step of the pipeline itself gave in the run on the screen. */
    const pin = (node: string) => {
      const { document, scope, flow, apply } = editor.getState();
      const own = document.nodes.find(({ id }) => id === node);
      if (own === undefined) return;
      if (scope.length > 0) {
        toast.info(t("pin.onlyOutside"), { description: t("pin.onlyOutsideHelp") });
        return;
      }
      const { current } = run.getState();
      const prefix = framePrefix(current?.state, scope, view.getState().frames).join("/");
      const outputs = current?.state.nodes.get(nodeKey(prefix, node))?.outputs ?? null;
      if (outputs === null) {
        toast.info(t("pin.nothing"), { description: t("pin.nothingHelp") });
        return;
      }
      const read = readPin(outputs, document, node, flow.portsOf(own).outputs);
      if (!read.ok) {
        toast.error(t("pin.refused"), { description: t(`pin.fault.${read.error.code}`, { ...read.error }) });
        return;
      }
      apply([{ type: "set-pin", node, outputs: read.value }]);
      toast.success(t("pin.done"));
    };

    const togglePin = () => {
      const node = chosen();
      if (node === null) return;
      if (pinOf(editor.getState().document, node) === undefined) pin(node);
      else editor.getState().apply([{ type: "set-pin", node, outputs: null }]);
    };

    /** Gives the draft as a file. Only whoever exports fetches what writes it. */
    const exportFile = async () => {
      const [{ stringify }, { toPortable }] = await Promise.all([import("yaml"), import("@/runtime/graph/portable")]);
      const { whole, catalog } = editor.getState();
      const { name } = store.getState();
      const file = toPortable(whole, name, catalog);
      downloadText(`${fileNameOf(name)}.yaml`, "application/yaml", stringify(file, { lineWidth: 0 }));
      const count = file.leftBehind.length;
      toast.success(t("exported.done"), {
        description: t(count === 0 ? "exported.whole" : "exported.left", { count }),
      });
    };

    return {
      exportFile,
      compareVersions: () => router.push(`/pipelines/${pipelineId}/versions`),
      runTo: onChosen("to"),
      runFrom: onChosen("from"),
      runAlone: () => {
        const node = chosen();
        if (node !== null) view.setState({ runningAlone: node });
      },
      runChanged: () => runPart({ mode: "changed" }),
      togglePin,
    };
  }, [editor, view, run, runPart, pipelineId, store, router, t]);
};

export type DebugCommands = ReturnType<typeof useDebugCommands>;
