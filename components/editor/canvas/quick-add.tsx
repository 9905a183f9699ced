import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { AnyNode } from "@/runtime/node/catalog";
import { categoryInfo, categoryOf } from "@/runtime/node/category";
import { canConnect } from "@/runtime/node/connection";
import { useCommands } from "../commands/use-commands";
import { defaultConfig } from "../gestures/new-node";
import { NodeIcon } from "../node-icon";
import { searchNodes } from "../palette/palette-search";
import { useEditor, useInterfaceLocale, useView, useWorkbench } from "../workbench";
import { cardGeometry } from "./card-geometry";

const width = 264;
const height = 320;

/** A small list at the pointer: after a double click on nothing every node, at the loose end of a wire those it fits. */
export function QuickAdd() {
  const asked = useView((view) => view.quickAdd);
  return asked ? <QuickAddList key={`${asked.at.x},${asked.at.y}`} /> : null;
}

function QuickAddList() {
  const { view, editor } = useWorkbench();
  const asked = useView((state) => state.quickAdd);
  const catalog = useEditor((state) => state.catalog);
  const locale = useInterfaceLocale();
  const commands = useCommands();
  const t = useTranslations("editor.palette");
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const from = asked?.from ?? null;

  const fitting = useMemo(() => {
    if (!from) return catalog.nodes;
    const { document, flow } = editor.getState();
    const begun = document.nodes.find(({ id }) => id === from.ref.node);
    if (!begun) return [];
    const ports = flow.portsOf(begun);
    const kind = (from.side === "output" ? ports.outputs : ports.inputs)[from.ref.port]?.kind;
    return kind ? catalog.nodes.filter((node) => takes(node, kind, from.side)) : [];
  }, [catalog, editor, from]);
  const found = useMemo(() => searchNodes(fitting, query).slice(0, 50), [fitting, query]);

  const close = () => view.setState({ quickAdd: null });
  const choose = (definition: AnyNode | undefined) => {
    if (!asked || !definition) return;
    close();
    const at = commands.toCanvas(asked.at);
    if (from) {
      const left = from.side === "output" ? at.x : at.x - cardGeometry.width;
      commands.addFor(definition, { x: Math.round(left), y: Math.round(at.y - cardGeometry.header) }, from);
    } else commands.add(definition, { x: at.x, y: at.y - cardGeometry.header / 2 });
  };

  useEffect(() => {
    const leave = (event: PointerEvent) => {
      if (event.target instanceof Element && !event.target.closest("[data-quick-add]"))
        view.setState({ quickAdd: null });
    };
    window.addEventListener("pointerdown", leave, true);
    return () => window.removeEventListener("pointerdown", leave, true);
  }, [view]);

  if (!asked) return null;
  return (
    <div
      data-quick-add
      className="fixed z-50 flex flex-col overflow-hidden rounded-lg bg-raised shadow-pop"
      style={{
        width,
        maxHeight: height,
        left: Math.max(8, Math.min(asked.at.x, window.innerWidth - width - 8)),
        top: Math.max(8, Math.min(asked.at.y, window.innerHeight - height - 8)),
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the list appears because the person asked for it.
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="quick-add-list"
        aria-label={t("search")}
        placeholder={t("search")}
        value={query}
        className="h-9 shrink-0 border-line border-b bg-transparent px-3 text-sm outline-none placeholder:text-faint"
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") close();
          else if (event.key === "ArrowDown") setActive((at) => Math.min(found.length - 1, at + 1));
          else if (event.key === "ArrowUp") setActive((at) => Math.max(0, at - 1));
          else if (event.key === "Enter" && !event.nativeEvent.isComposing) choose(found[active]);
          else return;
          event.preventDefault();
        }}
      />
      <div id="quick-add-list" role="listbox" aria-label={t("title")} className="min-h-0 overflow-y-auto p-1">
        {found.length === 0 ? <p className="px-2 py-3 text-muted text-sm">{t("nothing")}</p> : null}
        {found.map((node, index) => {
          const category = categoryOf(node.type);
          return (
            <button
              key={node.type}
              type="button"
              role="option"
              aria-selected={index === active}
              className={cn(
                "flex w-full items-center gap-2 rounded-md px-2 py-1 text-left text-sm",
                index === active && "bg-hover",
              )}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(node)}
            >
              <NodeIcon
                name={node.icon}
                className="size-4 shrink-0"
                style={{ color: category ? `var(${categoryInfo[category].hue})` : undefined }}
              />
              <span className="truncate">{node.title[locale]}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** Whether a fresh node of this kind has a port that the loose end fits. */
const takes = (node: AnyNode, kind: Parameters<typeof canConnect>[0], side: "input" | "output"): boolean => {
  const parsed = node.config.safeParse(defaultConfig(node));
  if (!parsed.success) return false;
  const declared = side === "output" ? node.inputs : node.outputs;
  const ports = typeof declared === "function" ? declared(parsed.data) : declared;
  return Object.values(ports as Record<string, { kind: typeof kind }>).some((port) =>
    side === "output" ? canConnect(kind, port.kind) : canConnect(port.kind, kind),
  );
};
