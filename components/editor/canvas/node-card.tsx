import { type NodeProps, useStore as useFlowStore } from "@xyflow/react";
import { SquareArrowOutUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type CSSProperties, memo, useMemo } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { variantsOf } from "@/runtime/graph/variants";
import { categoryInfo, categoryOf } from "@/runtime/node/category";
import { useCommands } from "../commands/use-commands";
import { NodeIcon } from "../node-icon";
import type { CardNode } from "../store/flow-elements";
import { useDiagnostics, useEditor, useInterfaceLocale, useView } from "../workbench";
import { type CardShape, portY } from "./card-geometry";
import { CardFooter, CardGlyph, useNodeRun } from "./card-state";
import { CardTitle } from "./card-title";
import { FarCard } from "./far-card";
import { MarkBadge } from "./mark-badge";
import { PinBadge } from "./pin-badge";
import { PortRow } from "./port-row";
import { useCardHeat } from "./use-card-heat";

const isFar = (state: { transform: [number, number, number] }): boolean => state.transform[2] < 0.5;

const hueStyle = (hue: string): CSSProperties => ({ "--hue": `var(${hue})` }) as CSSProperties;

/** Leads into what a container holds. */
function OpenContainer({ node }: { readonly node: string }) {
  const t = useTranslations("editor.container");
  const commands = useCommands();
  return (
    <IconButton size="sm" side="top" label={t("open")} className="nodrag -my-1" onClick={() => commands.enter(node)}>
      <SquareArrowOutUpRight />
    </IconButton>
  );
}

export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const far = useFlowStore(isFar);
  const definition = useEditor(({ catalog }) => catalog.get(data.node.type));
  const title = useEditor(({ flow }) => flow.titleOf(data.node));
  const readOnly = useEditor((state) => state.readOnly);
  const locale = useInterfaceLocale();
  const shownVariant = useView((view) => (view.shownVariant?.node === id ? view.shownVariant.id : null));
  const variant = useEditor(({ document }) => variantsOf(document, id).find((each) => each.id === shownVariant)?.label);
  const heat = useCardHeat(id);
  const mark = useView((view) => (view.marks.size === 0 ? undefined : view.marks.get(id)));
  const run = useNodeRun(id)?.status;
  const fault = useDiagnostics(({ byNode }) => byNode.get(id)?.some(({ severity }) => severity === "error"));
  const shape = useMemo<CardShape>(
    () => ({
      inputs: [...Object.keys(data.ports.inputs), ...data.ghosts.inputs],
      outputs: [...Object.keys(data.ports.outputs), ...data.ghosts.outputs],
      hasPreview: data.preview !== "",
    }),
    [data.ports, data.ghosts, data.preview],
  );
  const category = categoryOf(data.node.type);
  const hue = {
    ...hueStyle(category ? categoryInfo[category].hue : "--line-strong"),
    ...(heat.share > 0 && ({ "--heat": `${Math.round(heat.share * 45)}%` } as CSSProperties)),
  };

  if (far)
    return (
      <div style={hue}>
        <FarCard
          mark={mark}
          heat={heat}
          id={id}
          data={data}
          shape={shape}
          title={title}
          run={run}
          fault={fault === true}
        />
      </div>
    );
  const rows = Math.max(shape.inputs.length, shape.outputs.length);
  return (
    <div
      className="card"
      style={hue}
      data-run={run}
      data-fault={fault ? "error" : undefined}
      data-disabled={data.node.disabled ? "" : undefined}
      data-testid={`card-${data.node.type}`}
      data-container={definition?.container && data.node.body ? "" : undefined}
      data-heat={heat.share > 0 ? "" : undefined}
      data-critical={heat.isCritical ? "" : undefined}
      data-mark={mark}
    >
      <div className="flex h-[34px] items-center gap-2 pr-2.5 pl-3">
        <NodeIcon name={definition?.icon} className="size-4 shrink-0" style={{ color: "var(--hue)" }} />
        <CardTitle node={data.node} title={title} readOnly={readOnly} />
        {variant ? (
          <span
            className="max-w-24 shrink truncate rounded-sm bg-accent-soft px-1 font-medium text-[11px] text-accent-text"
            title={variant}
          >
            {variant}
          </span>
        ) : null}
        {definition?.container && data.node.body ? <OpenContainer node={id} /> : null}
        {mark ? <MarkBadge mark={mark} /> : null}
        <PinBadge node={id} outputs={data.ports.outputs} />
        <CardGlyph node={id} />
      </div>
      {data.preview ? <p className="-mt-1 h-[24px] truncate px-3 pt-1 text-faint">{data.preview}</p> : null}
      {rows > 0 ? (
        <div className="grid grid-cols-2 pb-1.5">
          {(["inputs", "outputs"] as const).map((side) => (
            <div key={side} className="min-w-0">
              {shape[side].map((name, row) => (
                <PortRow
                  key={name}
                  node={id}
                  side={side === "inputs" ? "input" : "output"}
                  name={name}
                  port={Object.hasOwn(data.ports[side], name) ? data.ports[side][name] : undefined}
                  wired={data.wired[side].has(name)}
                  readOnly={readOnly}
                  reachable={selected}
                  locale={locale}
                  y={portY(shape, row)}
                />
              ))}
            </div>
          ))}
        </div>
      ) : null}
      <CardFooter node={id} />
    </div>
  );
});
