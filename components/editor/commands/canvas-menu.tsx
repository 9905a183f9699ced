"use client";

import { useTranslations } from "next-intl";
import { ContextMenu as Primitive } from "radix-ui";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { itemStyle, popStyle } from "@/components/ui/pop-style";
import { useEditor, useWorkbench } from "../workbench";
import type { EditorCommand } from "./editor-command";
import { useCommandList } from "./use-command-list";

/** The menu of the right button: what can be done to the steps that are chosen, or here. */
export function CanvasMenu({ children }: { readonly children: ReactNode }) {
  const { editor } = useWorkbench();
  const readOnly = useEditor((state) => state.readOnly);
  const list = useCommandList();
  const t = useTranslations("editor");

  /** A step that is pointed at is what is meant, unless it is one of several that are chosen. */
  const choose = (event: MouseEvent) => {
    const card = event.target instanceof Element ? event.target.closest(".react-flow__node") : null;
    const id = card?.getAttribute("data-id");
    const { selection, select } = editor.getState();
    if (id && !selection.nodes.has(id)) select({ nodes: [id] });
    else if (!id && event.target instanceof Element && event.target.closest(".react-flow__pane")) select({});
  };

  return (
    <Primitive.Root>
      <Primitive.Trigger asChild onContextMenu={choose}>
        {children}
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content collisionPadding={8} className={cn(popStyle, "min-w-52")}>
          <Items list={list} readOnly={readOnly} name={(id) => t(`commands.${id}`)} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface ItemsProps {
  readonly list: readonly EditorCommand[];
  readonly readOnly: boolean;
  readonly name: (id: EditorCommand["id"]) => string;
}

/** Drawn when the menu opens, so what is available is read at that moment. */
function Items({ list, readOnly, name }: ItemsProps) {
  const offered = list.filter(({ menu, edits, available }) => menu && !(edits && readOnly) && (available?.() ?? true));
  return offered.map(({ id, group, icon: Icon, keys, danger, run }, index) => (
    <div key={id}>
      {index > 0 && offered[index - 1]?.group !== group ? (
        <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />
      ) : null}
      <Primitive.Item
        className={cn(itemStyle, danger && "text-error data-[highlighted]:bg-error-soft [&>svg]:text-error")}
        onSelect={run}
      >
        <Icon />
        {name(id)}
        {keys?.[0] ? <span className="ml-auto pl-4 text-faint text-xs">{keys[0].join(" ")}</span> : null}
      </Primitive.Item>
    </div>
  ));
}
