import type { CSSProperties } from "react";
import type { PortKind } from "@/runtime/node/port";

const styles = new Map<string, CSSProperties>();

/** Sets the CSS variable `--port` to the hue of a kind; one object a kind, so that props stay equal. */
export const portStyle = (kind: PortKind): CSSProperties => {
  let style = styles.get(kind);
  if (!style) {
    style = { "--port": `var(--port-${kind})` } as CSSProperties;
    styles.set(kind, style);
  }
  return style;
};
