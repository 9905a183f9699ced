import { memo } from "react";
import type { NodeState } from "@/runtime/run/reduce";
import type { CardData } from "../store/flow-elements";
import type { VersionMark } from "../versions/version-marks";
import { type CardShape, cardHeight, portY } from "./card-geometry";
import { CardGlyph } from "./card-state";
import { portStyle } from "./port-colour";

export interface FarCardProps {
  readonly id: string;
  readonly data: CardData;
  readonly shape: CardShape;
  readonly title: string;
  readonly run: NodeState["status"] | undefined;
  readonly fault: boolean;
  readonly mark: VersionMark | undefined;
  /** What the canvas is painted with; its colour is that of the style around the card. */
  readonly heat: { readonly share: number; readonly isCritical: boolean };
}

/** A card from afar: its name, its hue, how its run went and where the wires end. Nothing that could not be read at this size. */
export const FarCard = memo(function FarCard({ id, data, shape, title, run, fault, mark, heat }: FarCardProps) {
  return (
    <div
      className="card far-card flex items-center px-3"
      data-run={run}
      data-fault={fault ? "error" : undefined}
      data-mark={mark}
      data-heat={heat.share > 0 ? "" : undefined}
      data-critical={heat.isCritical ? "" : undefined}
      data-testid={`card-${data.node.type}`}
      style={{ height: cardHeight(shape) }}
    >
      <span className="line-clamp-2 min-w-0 flex-1 break-words font-medium">{title}</span>
      <span className="far-glyph">
        <CardGlyph node={id} />
      </span>
      {(["inputs", "outputs"] as const).map((side) =>
        shape[side].map((name, row) => (
          <i
            key={`${side}-${name}`}
            className={`react-flow__handle port-dot ${side === "inputs" ? "target react-flow__handle-left" : "source react-flow__handle-right"}`}
            data-handleid={name}
            data-handlepos={side === "inputs" ? "left" : "right"}
            style={{ ...portStyle(data.ports[side][name]?.kind ?? "any"), top: portY(shape, row) }}
          />
        )),
      )}
    </div>
  );
});
