import {
  ChevronRight,
  History,
  Keyboard,
  PanelLeft,
  PanelRight,
  Play,
  Redo2,
  Scale,
  Search,
  Square,
  Undo2,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useShell } from "@/components/shell/shell-context";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { ProblemsPopover } from "../diagnostics/problems-popover";
import { useOpenVariant } from "../inspector/open-variant";
import { PublishButton } from "../publish/publish-popover";
import { useSession } from "../session";
import { useEditor, useRun, useView, useWorkbench } from "../workbench";
import { PipelineName } from "./pipeline-name";
import { SaveStatus } from "./save-status";

export function EditorHeader() {
  const t = useTranslations("editor.header");
  const run = useTranslations("run");
  const evaluate = useTranslations("experiments");
  const { editor, view } = useWorkbench();
  const session = useSession();
  const { setPaletteOpen } = useShell();
  const canUndo = useEditor(({ history }) => history.past.length > 0);
  const canRedo = useEditor(({ history }) => history.future.length > 0);
  const phase = useRun((state) => state.phase);
  const variant = useOpenVariant();
  const paletteOpen = useView((state) => state.paletteOpen);
  const inspectorOpen = useView((state) => state.inspectorOpen);
  const running = phase === "starting" || phase === "running" || phase === "cancelling" || phase === "reconnecting";

  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface px-3">
      {paletteOpen ? null : (
        <IconButton label={t("showPalette")} onClick={() => view.setState({ paletteOpen: true })}>
          <PanelLeft />
        </IconButton>
      )}
      <nav aria-label={t("path")} className="flex min-w-0 items-center gap-1">
        <Link href="/pipelines" className="rounded-sm px-1 text-muted hover:text-fg">
          {t("pipelines")}
        </Link>
        <ChevronRight className="size-3.5 shrink-0 text-faint" />
        <PipelineName />
      </nav>
      <SaveStatus />
      <span className="flex-1" />
      <ProblemsPopover />
      <IconButton label={t("undo")} keys={["Ctrl", "Z"]} disabled={!canUndo} onClick={() => editor.getState().undo()}>
        <Undo2 />
      </IconButton>
      <IconButton
        label={t("redo")}
        keys={["Shift", "Ctrl", "Z"]}
        disabled={!canRedo}
        onClick={() => editor.getState().redo()}
      >
        <Redo2 />
      </IconButton>
      <IconButton label={t("versions")} onClick={() => view.setState({ versionsOpen: true })} data-testid="versions">
        <History />
      </IconButton>
      <IconButton label={t("shortcuts")} keys={["?"]} onClick={() => view.setState({ shortcutsOpen: true })}>
        <Keyboard />
      </IconButton>
      <Button variant="ghost" onClick={() => setPaletteOpen(true)}>
        <Search />
        <span className="sr-only">{t("commands")}</span>
        <Kbd>{"Ctrl K"}</Kbd>
      </Button>
      <IconButton label={evaluate("compare")} asChild>
        <Link href={`/evaluation/experiments/new?pipeline=${encodeURIComponent(session.pipelineId)}`}>
          <Scale />
        </Link>
      </IconButton>
      {running ? (
        <Button
          key="stop"
          onClick={session.cancel}
          disabled={phase === "starting" || phase === "cancelling"}
          data-testid="cancel"
        >
          <Square />
          {run("cancel")}
        </Button>
      ) : (
        <Button
          key="run"
          variant="primary"
          onClick={session.run}
          data-testid="run"
          title={variant === null ? undefined : run("variant.runs", variant)}
        >
          <Play />
          {run(variant === null ? "run" : "runVariant")}
          <Kbd className="border-accent-fg/30 bg-transparent text-accent-fg">{"Ctrl ↵"}</Kbd>
        </Button>
      )}
      <PublishButton />
      {inspectorOpen ? null : (
        <IconButton label={t("showInspector")} onClick={() => view.setState({ inspectorOpen: true })}>
          <PanelRight />
        </IconButton>
      )}
    </header>
  );
}
