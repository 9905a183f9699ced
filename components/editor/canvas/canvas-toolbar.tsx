import { useStore as useFlowStore } from "@xyflow/react";
import { Flame, Hand, Map as MapIcon, Maximize, Minus, MousePointer2, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Tooltip } from "@/components/ui/tooltip";
import { nextHeat } from "../commands/command-list";
import { useCommands } from "../commands/use-commands";
import { useRun, useView, useWorkbench } from "../workbench";
import { useMinimap } from "./use-minimap";

const percent = (state: { transform: [number, number, number] }): number => Math.round(state.transform[2] * 100);

/** Pointer tool and zoom, at the lower edge of the canvas. */
export function CanvasToolbar({ minimap = true }: { readonly minimap?: boolean }) {
  const { view } = useWorkbench();
  const tool = useView((state) => state.tool);
  const heat = useView((state) => state.heat);
  const ran = useRun(({ current }) => current !== null);
  const zoom = useFlowStore(percent);
  const overview = useMinimap();
  const commands = useCommands();
  const t = useTranslations("editor.canvas");
  return (
    <div
      role="toolbar"
      aria-label={t("tools")}
      className="absolute bottom-3 left-3 z-10 flex items-center gap-0.5 rounded-md border border-line bg-surface p-0.5"
    >
      {(["hand", "select"] as const).map((name) => {
        const Icon = name === "hand" ? Hand : MousePointer2;
        return (
          <IconButton
            key={name}
            size="sm"
            side="top"
            label={t(`tool.${name}`)}
            keys={[name === "hand" ? "H" : "V"]}
            aria-pressed={tool === name}
            className={cn(tool === name && "bg-active text-fg")}
            onClick={() => view.setState({ tool: name })}
          >
            <Icon />
          </IconButton>
        );
      })}
      <span className="mx-0.5 h-4 w-px bg-line" />
      <IconButton size="sm" side="top" label={t("zoomOut")} onClick={commands.zoomOut}>
        <Minus />
      </IconButton>
      <Tooltip content={t("zoomReset")} side="top">
        <button
          type="button"
          className="tabular h-6 w-11 rounded-md text-muted text-xs hover:bg-hover hover:text-fg"
          onClick={() => commands.zoomTo(1)}
        >
          {`${zoom}%`}
        </button>
      </Tooltip>
      <IconButton size="sm" side="top" label={t("zoomIn")} onClick={commands.zoomIn}>
        <Plus />
      </IconButton>
      <IconButton size="sm" side="top" label={t("fit")} keys={["Shift", "1"]} onClick={commands.fit}>
        <Maximize />
      </IconButton>
      {ran ? (
        <IconButton
          size="sm"
          side="top"
          label={t(`heat.${heat}`)}
          keys={["T"]}
          aria-pressed={heat !== "none"}
          className={cn(heat !== "none" && "bg-active text-fg")}
          onClick={() => view.setState(nextHeat)}
          data-testid="heat"
        >
          <Flame />
        </IconButton>
      ) : null}
      {minimap && overview.offered ? (
        <IconButton
          size="sm"
          side="top"
          label={t("minimap")}
          aria-pressed={overview.shown}
          className={cn(overview.shown && "bg-active text-fg")}
          onClick={overview.toggle}
        >
          <MapIcon />
        </IconButton>
      ) : null}
    </div>
  );
}
