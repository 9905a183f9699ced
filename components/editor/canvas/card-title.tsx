import { useTranslations } from "next-intl";
import { useRef } from "react";
import { type GraphNode, graphLimits } from "@/runtime/graph/document";
import { useView, useWorkbench } from "../workbench";

export interface CardTitleProps {
  readonly node: GraphNode;
  readonly title: string;
  readonly readOnly: boolean;
}

/** A double click or F2 renames in place. */
export function CardTitle({ node, title, readOnly }: CardTitleProps) {
  const { view } = useWorkbench();
  const renaming = useView((state) => state.renaming === node.id);
  if (renaming) return <RenameField node={node} title={title} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: renaming is also F2 on the selected card.
    <span
      className="min-w-0 flex-1 truncate font-medium text-[13px]"
      onDoubleClick={(event) => {
        if (readOnly) return;
        event.stopPropagation();
        view.setState({ renaming: node.id });
      }}
    >
      {title}
    </span>
  );
}

/** An empty name goes back to the type's own. */
function RenameField({ node, title }: Omit<CardTitleProps, "readOnly">) {
  const { editor, view } = useWorkbench();
  const t = useTranslations("editor");
  const cancelled = useRef(false);

  const finish = (text: string) => {
    view.setState({ renaming: null });
    if (cancelled.current) return;
    const label = text.trim().slice(0, graphLimits.labelLength);
    if (label === title) return;
    editor.getState().apply([{ type: "set-label", node: node.id, label: label === "" ? null : label }]);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the field appears because the person asked to type a name.
      autoFocus
      aria-label={t("card.rename")}
      defaultValue={title}
      maxLength={graphLimits.labelLength}
      className="nodrag nopan nokey min-w-0 flex-1 rounded-sm bg-sunken px-1 font-medium text-sm outline-2 outline-ring"
      onFocus={(event) => {
        cancelled.current = false;
        event.currentTarget.select();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") cancelled.current = true;
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
