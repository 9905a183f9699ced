import { Handle, Position } from "@xyflow/react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, memo } from "react";
import type { Locale } from "@/runtime/node/localized";
import type { Port } from "@/runtime/node/port";
import type { ViewState } from "../store/view-store";
import { useView, useWorkbench } from "../workbench";
import { portStyle } from "./port-colour";

type Fit = "fit" | "unfit" | "begun" | undefined;

const fitOf = ({ connecting }: ViewState, node: string, side: "input" | "output", port: string): Fit => {
  if (!connecting) return undefined;
  const { begun, check } = connecting;
  if (begun.ref.node === node && begun.ref.port === port && begun.side === side) return "begun";
  return check({ side, ref: { node, port } }) === null ? "fit" : "unfit";
};

export interface PortRowProps {
  readonly node: string;
  readonly side: "input" | "output";
  readonly name: string;
  /** Missing for a wired port that the node no longer has. */
  readonly port: Port | undefined;
  readonly wired: boolean;
  readonly readOnly: boolean;
  /** The keyboard comes to the ports of the chosen card. */
  readonly reachable: boolean;
  readonly locale: Locale;
  /** Vertical middle, from the card's upper edge. */
  readonly y: number;
}

export const PortRow = memo(function PortRow({
  node,
  side,
  name,
  port,
  wired,
  readOnly,
  reachable,
  locale,
  y,
}: PortRowProps) {
  const { view } = useWorkbench();
  const t = useTranslations("editor");
  const fit = useView((state) => fitOf(state, node, side, name));
  const style = portStyle(port?.kind ?? "any");
  const isInput = side === "input";
  return (
    <div className="port" data-fit={fit} style={isInput ? undefined : { justifyContent: "flex-end" }}>
      <Handle
        id={name}
        type={isInput ? "target" : "source"}
        position={isInput ? Position.Left : Position.Right}
        isConnectable={!readOnly}
        className="port-dot"
        style={{ ...style, top: y }}
        data-fit={fit}
        data-ghost={port ? undefined : ""}
        data-optional={port?.optional ? "" : undefined}
        data-wired={wired ? "" : undefined}
        data-testid={`port-${side}-${name}`}
        title={port ? port.kind : undefined}
        {...(readOnly || !reachable
          ? {}
          : {
              role: "button",
              tabIndex: 0,
              "aria-label": t(`port.${side}${wired ? "Wired" : "Free"}`, {
                name: port?.label?.[locale] ?? name,
                kind: t(`wire.kind.${port?.kind ?? "any"}`),
              }),
              onKeyDown: (event: KeyboardEvent) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                event.stopPropagation();
                view.setState({ connectFrom: { node, end: { side, ref: { node, port: name } } } });
              },
            })}
      />
      <span className={port ? "truncate" : "truncate text-error line-through"}>{port?.label?.[locale] ?? name}</span>
    </div>
  );
});
