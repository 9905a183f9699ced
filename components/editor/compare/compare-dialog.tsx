"use client";

import { Diff, FlaskConical, Play, Square } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import type { GraphNode } from "@/runtime/graph/document";
import { useSession } from "../session";
import { useEditor, useView, useWorkbench } from "../workbench";
import { CaseSources } from "./case-sources";
import { ColumnChips } from "./column-chips";
import { CompareTable } from "./compare-table";
import { ComparedSentences } from "./compared-sentences";
import { OutputSelect } from "./output-select";
import { ScorerSelect } from "./scorer-select";
import { useCompare, useCompareColumns, useCompareState } from "./use-compare";

/** Variants of a step side by side on a few cases, for as long as somebody looks. */
export function CompareDialog() {
  const { view } = useWorkbench();
  const id = useView(({ comparing }) => comparing);
  const node = useEditor(({ document }) => document.nodes.find((each) => each.id === id));
  if (!node) return null;
  return <OpenComparison key={node.id} node={node} onClose={() => view.setState({ comparing: null })} />;
}

const underWay: ReadonlySet<string> = new Set(["queued", "starting", "running", "cancelling"]);

/** Not one of its buttons: nothing in it is to be done first, and its keys work at once. */
const focusItself = (event: Event): void => {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
};

function OpenComparison({ node, onClose }: { readonly node: GraphNode; readonly onClose: () => void }) {
  const t = useTranslations("editor.compare");
  const title = useEditor(({ flow }) => flow.titleOf(node));
  const { pipelineId, compare } = useSession();
  const router = useRouter();
  const commands = useCompare(node.id);
  const columns = useCompareColumns(node.id);
  const cases = useCompareState((state) => state.cases);
  const marked = useCompareState((state) => state.marked);
  const busy = useCompareState(({ cells }) => [...cells.values()].some(({ phase }) => underWay.has(phase)));
  const experiment = new URLSearchParams({
    pipeline: pipelineId,
    node: node.id,
    variants: columns.shown
      .flatMap(({ overrides, id }) => (overrides.length > 0 ? [id.slice(node.id.length + 1)] : []))
      .join(),
  });
  const address = `/evaluation/experiments/new?${experiment}`;
  // On the window: what had the focus may be gone, such as the button that took the first cases.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      if (!event.repeat && !busy) commands.runAll();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [busy, commands]);

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("title", { step: title })}
        className="h-[calc(100dvh-24px)] w-[calc(100vw-24px)] max-w-[1800px]"
        data-testid="compare"
        onOpenAutoFocus={focusItself}
        onEscapeKeyDown={(event) => {
          // Escape leaves the inputs first, then the comparison.
          if (compare.getState().editing === null) return;
          event.preventDefault();
          compare.setState({ editing: null });
        }}
      >
        <div className="flex h-full min-h-0 flex-col gap-3">
          <div className="flex items-start gap-3">
            <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2">
              <ColumnChips node={node.id} columns={columns} />
              <OutputSelect node={node} />
              <ScorerSelect />
            </div>
            <IconButton
              label={t("mark")}
              aria-pressed={marked}
              className={cn(marked && "bg-active text-fg")}
              onClick={() => compare.setState({ marked: !marked })}
            >
              <Diff />
            </IconButton>
            {cases.length > 0 ? <CaseSources /> : null}
            <Button asChild>
              <Link
                href={address}
                data-testid="to-experiment"
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  void commands.save().then((saved) => (saved ? router.push(address) : undefined));
                }}
              >
                <FlaskConical />
                {t("experiment")}
              </Link>
            </Button>
            {busy ? (
              <Button key="stop" onClick={() => commands.cancel()} data-testid="compare-cancel">
                <Square />
                {t("cancel")}
              </Button>
            ) : (
              <Button
                key="run"
                variant="primary"
                disabled={cases.length === 0}
                onClick={commands.runAll}
                data-testid="compare-run"
              >
                <Play />
                {t("run")}
                <Kbd className="border-accent-fg/30 bg-transparent text-accent-fg">{"Ctrl ↵"}</Kbd>
              </Button>
            )}
          </div>
          <ComparedSentences node={node} columns={columns.shown} />
          <CompareTable node={node} columns={columns.shown} commands={commands} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
