import { MoreHorizontal, PanelRightClose } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { type GraphNode, graphLimits } from "@/runtime/graph/document";
import { categoryInfo, categoryOf } from "@/runtime/node/category";
import { useCommandList } from "../commands/use-command-list";
import { NodeIcon } from "../node-icon";
import type { InspectorTab } from "../store/view-store";
import { useEditor, useInterfaceLocale, useView, useWorkbench } from "../workbench";
import { AboutTab } from "./about-tab";
import { LastRunTab } from "./last-run-tab";
import { PipelineSummary } from "./pipeline-summary";
import { SettingsTab } from "./settings-tab";
import { WireDetails } from "./wire-details";

/** What is chosen on the canvas, to be read and changed. */
export function Inspector() {
  const t = useTranslations("editor.inspector");
  const nodes = useEditor((state) => state.selection.nodes);
  const edges = useEditor((state) => state.selection.edges);
  const node = useEditor(({ document, selection }) =>
    selection.nodes.size === 1 ? document.nodes.find(({ id }) => selection.nodes.has(id)) : undefined,
  );
  const [edge] = edges;
  return (
    <aside aria-label={t("title")} className="flex h-full min-h-0 flex-col bg-surface" data-testid="inspector">
      {node ? (
        <NodeInspector key={node.id} node={node} />
      ) : nodes.size > 1 ? (
        <SeveralNodes count={nodes.size} />
      ) : edge !== undefined ? (
        <WireDetails id={edge} />
      ) : (
        <PipelineSummary />
      )}
    </aside>
  );
}

function NodeInspector({ node }: { readonly node: GraphNode }) {
  const t = useTranslations("editor.inspector");
  const { view } = useWorkbench();
  const tab = useView((state) => state.inspectorTab);
  const title = useEditor(({ flow }) => flow.titleOf(node));
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => view.setState({ inspectorTab: next as InspectorTab })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <h2 className="sr-only">{title}</h2>
      <NodeHeader node={node} />
      <TabsList className="shrink-0 px-4">
        <TabsTrigger value="settings">{t("tabs.settings")}</TabsTrigger>
        <TabsTrigger value="last-run">{t("tabs.lastRun")}</TabsTrigger>
        <TabsTrigger value="about">{t("tabs.about")}</TabsTrigger>
      </TabsList>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <TabsContent value="settings">
          <SettingsTab node={node} />
        </TabsContent>
        <TabsContent value="last-run">
          <LastRunTab node={node} />
        </TabsContent>
        <TabsContent value="about">
          <AboutTab node={node} />
        </TabsContent>
      </div>
    </Tabs>
  );
}

function NodeHeader({ node }: { readonly node: GraphNode }) {
  const t = useTranslations("editor");
  const locale = useInterfaceLocale();
  const { editor, view } = useWorkbench();
  // What the menu of the canvas offers for the one step that is chosen.
  const own = useCommandList().filter(
    ({ menu, group, id, available }) =>
      menu && (group === "add" || group === "debug") && id !== "paste" && (id !== "ungroup" || available?.() === true),
  );
  const definition = useEditor(({ catalog }) => catalog.get(node.type));
  const readOnly = useEditor((state) => state.readOnly);
  const category = categoryOf(node.type);
  const typeTitle = definition?.title[locale] ?? node.type;
  return (
    <header className="flex shrink-0 items-center gap-2 pt-2 pr-2 pl-4">
      <NodeIcon
        name={definition?.icon}
        className="size-4 shrink-0"
        style={{ color: category ? `var(${categoryInfo[category].hue})` : undefined }}
      />
      <input
        aria-label={t("card.rename")}
        className="min-w-0 flex-1 truncate rounded-sm bg-transparent px-1 font-medium text-base placeholder:text-fg focus-visible:bg-sunken focus-visible:placeholder:text-faint"
        value={node.label ?? ""}
        placeholder={typeTitle}
        disabled={readOnly}
        maxLength={graphLimits.labelLength}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
        onChange={(event) => {
          const text = event.target.value;
          const label = text.trim() === "" ? null : text;
          editor.getState().apply([{ type: "set-label", node: node.id, label }], `label:${node.id}`);
        }}
      />
      {node.label ? <span className="shrink-0 truncate text-faint text-xs">{typeTitle}</span> : null}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("inspector.more")} disabled={readOnly}>
            <MoreHorizontal />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {own.map(({ id, icon: Icon, keys, danger, run }) => (
            <DropdownMenuItem key={id} danger={danger} hint={keys?.[0]?.join(" ")} onSelect={run}>
              <Icon />
              {id === "toggle" ? t(node.disabled ? "action.enable" : "action.disable") : t(`commands.${id}`)}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      <IconButton label={t("inspector.hide")} side="left" onClick={() => view.setState({ inspectorOpen: false })}>
        <PanelRightClose />
      </IconButton>
    </header>
  );
}

function SeveralNodes({ count }: { readonly count: number }) {
  const t = useTranslations("editor");
  const list = useCommandList();
  const readOnly = useEditor((state) => state.readOnly);
  const steps = list.filter(({ id }) => id === "duplicate" || id === "group" || id === "toggle" || id === "delete");
  const arrange = list.filter(({ group }) => group === "arrange");
  return (
    <div className="flex flex-col gap-3 p-4">
      <h2 className="font-medium text-base">{t("inspector.several", { count })}</h2>
      <div className="flex flex-wrap gap-2">
        {steps.map(({ id, icon: Icon, danger, run }) => (
          <Button key={id} variant={danger ? "danger" : undefined} disabled={readOnly} onClick={run}>
            <Icon />
            {t(`commands.${id}`)}
          </Button>
        ))}
      </div>
      <section>
        <h3 className="mb-1 font-medium">{t("shortcuts.group.arrange")}</h3>
        <div className="-ml-1.5 flex flex-wrap gap-0.5">
          {arrange.map(({ id, icon: Icon, keys, available, run }) => (
            <IconButton
              key={id}
              label={t(`commands.${id}`)}
              keys={keys?.[0]}
              disabled={readOnly || available?.() === false}
              onClick={run}
            >
              <Icon />
            </IconButton>
          ))}
        </div>
      </section>
      <p className="text-muted text-sm">{t("inspector.severalHint")}</p>
    </div>
  );
}
