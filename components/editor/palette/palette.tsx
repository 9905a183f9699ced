import { ChevronRight, PanelLeftClose, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import type { AnyNode } from "@/runtime/node/catalog";
import { categoryInfo } from "@/runtime/node/category";
import type { Category } from "@/runtime/node/define-node";
import { useCommands } from "../commands/use-commands";
import { NodeIcon } from "../node-icon";
import { useEditor, useInterfaceLocale, useWorkbench } from "../workbench";
import { nodeDragType } from "./node-drag";
import { groupByCategory, searchNodes } from "./palette-search";

/** Every node there is, by category; search reads both languages. */
export function Palette() {
  const { view } = useWorkbench();
  const catalog = useEditor((state) => state.catalog);
  const locale = useInterfaceLocale();
  const commands = useCommands();
  const t = useTranslations("editor.palette");
  const [query, setQuery] = useState("");
  const [folded, setFolded] = useState<ReadonlySet<Category>>(() => new Set());
  const found = useMemo(() => searchNodes(catalog.nodes, query), [catalog, query]);
  const groups = useMemo(() => groupByCategory(found), [found]);
  const searching = query.trim() !== "";

  const toggle = (category: Category) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(category)) next.add(category);
      return next;
    });
  const row = (node: AnyNode, category: Category) => (
    <PaletteItem key={node.type} node={node} category={category} onAdd={() => commands.add(node, null)} />
  );

  return (
    <nav aria-label={t("title")} className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex items-center gap-1 p-2">
        <div className="relative min-w-0 flex-1">
          <Search className="pointer-events-none absolute top-1.5 left-2 size-4 text-faint" />
          <input
            id="palette-search"
            type="search"
            value={query}
            placeholder={t("search")}
            aria-label={t("search")}
            className="h-7 w-full rounded-md bg-sunken pr-7 pl-7 text-sm placeholder:text-faint focus-visible:outline-2 focus-visible:outline-ring/60 [&::-webkit-search-cancel-button]:hidden"
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") {
                setQuery("");
                event.currentTarget.blur();
              } else if (event.key === "Enter" && !event.nativeEvent.isComposing && searching && found[0]) {
                commands.add(found[0], null);
                setQuery("");
                event.currentTarget.blur();
              }
            }}
          />
          {searching ? null : <Kbd className="pointer-events-none absolute top-1.5 right-1.5">{"/"}</Kbd>}
        </div>
        <IconButton label={t("hide")} side="right" onClick={() => view.setState({ paletteOpen: false })}>
          <PanelLeftClose />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {groups.length === 0 ? <p className="px-1 py-2 text-muted text-sm">{t("nothing")}</p> : null}
        {searching
          ? groups.length > 0 && (
              <ul>
                {found.map((node) => {
                  const category = groups.find((group) => group.nodes.includes(node))?.category;
                  return category ? row(node, category) : null;
                })}
              </ul>
            )
          : groups.map(({ category, nodes }) => {
              const open = !folded.has(category);
              return (
                <section key={category} className="mb-1">
                  <button
                    type="button"
                    aria-expanded={open}
                    className="flex h-7 w-full items-center gap-1 rounded-md px-1 font-medium text-muted text-xs hover:text-fg"
                    onClick={() => toggle(category)}
                  >
                    <ChevronRight className={cn("size-3.5 text-faint transition-transform", open && "rotate-90")} />
                    {categoryInfo[category].title[locale]}
                  </button>
                  {open ? <ul>{nodes.map((node) => row(node, category))}</ul> : null}
                </section>
              );
            })}
      </div>
    </nav>
  );
}

function PaletteItem({
  node,
  category,
  onAdd,
}: {
  readonly node: AnyNode;
  readonly category: Category;
  readonly onAdd: () => void;
}) {
  const locale = useInterfaceLocale();
  return (
    <li>
      <Tooltip content={node.summary[locale]} side="right">
        <button
          type="button"
          draggable
          data-testid={`palette-${node.type}`}
          className="flex h-7 w-full cursor-grab items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover active:cursor-grabbing"
          onClick={onAdd}
          onDragStart={(event) => {
            event.dataTransfer.setData(nodeDragType, node.type);
            event.dataTransfer.effectAllowed = "copy";
          }}
        >
          <NodeIcon
            name={node.icon}
            className="size-4 shrink-0"
            style={{ color: `var(${categoryInfo[category].hue})` }}
          />
          <span className="truncate">{node.title[locale]}</span>
        </button>
      </Tooltip>
    </li>
  );
}
