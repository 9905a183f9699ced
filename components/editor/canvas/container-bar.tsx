import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { bodyAt } from "@/runtime/graph/body-at";
import { useCommands } from "../commands/use-commands";
import { useEditor, useView, useWorkbench } from "../workbench";
import { FramePicker } from "./frame-picker";
import { useFramePrefix } from "./frame-prefix";

/** Where the canvas is: the pipeline, and the containers that are open in it, each with the frame that is shown of it. */
export function ContainerBar() {
  const t = useTranslations("editor.container");
  const { view } = useWorkbench();
  const scope = useEditor((state) => state.scope);
  const whole = useEditor((state) => state.whole);
  const flow = useEditor((state) => state.flow);
  const frames = useView((state) => state.frames);
  const prefix = useFramePrefix().split("/");
  const commands = useCommands();
  if (scope.length === 0) return null;
  const choose = (depth: number, segment: string) =>
    view.setState({ frames: [...prefix.slice(0, depth), segment, ...frames.slice(depth + 1)] });
  return (
    <nav
      aria-label={t("path")}
      className="absolute top-3 left-3 z-10 flex max-w-[calc(100%-24px)] items-center gap-0.5 overflow-x-auto rounded-md border border-line bg-surface p-0.5 text-sm"
      data-testid="container-bar"
    >
      <button
        type="button"
        className="h-7 shrink-0 rounded-sm px-2 text-muted hover:bg-hover hover:text-fg"
        onClick={() => commands.leave(0)}
      >
        {t("pipeline")}
      </button>
      {scope.map((id, depth) => {
        const container = bodyAt(whole, scope.slice(0, depth))?.nodes.find((node) => node.id === id);
        const isLast = depth === scope.length - 1;
        return (
          <span key={scope.slice(0, depth + 1).join("/")} className="flex shrink-0 items-center gap-0.5">
            <ChevronRight className="size-3.5 text-faint" />
            {isLast ? (
              <span className="px-2 font-medium" aria-current="location">
                {container ? flow.titleOf(container) : id}
              </span>
            ) : (
              <button
                type="button"
                className="h-7 rounded-sm px-2 text-muted hover:bg-hover hover:text-fg"
                onClick={() => commands.leave(depth + 1)}
              >
                {container ? flow.titleOf(container) : id}
              </button>
            )}
            <FramePicker
              container={[...prefix.slice(0, depth), id].join("/")}
              shown={prefix[depth] ?? ""}
              runs={flow.runsOf(container?.type ?? "")}
              onChoose={(segment) => choose(depth, segment)}
            />
          </span>
        );
      })}
    </nav>
  );
}
