import { useTranslations } from "next-intl";
import { glanceText, shorten } from "@/components/run/value-text";
import { useEditor, useInterfaceLocale, useRun, useView } from "../workbench";
import { nodeKey, useFramePrefix } from "./frame-prefix";
import { portStyle } from "./port-colour";

/** What went along the wire under the pointer in the last run. */
export function WireValue() {
  const hovered = useView((view) => view.hoveredWire);
  const wire = useEditor(({ wires }) => (hovered ? wires.find(({ id }) => id === hovered.id) : undefined));
  const prefix = useFramePrefix();
  const from = useRun(({ current }) => (wire ? current?.state.nodes.get(nodeKey(prefix, wire.source)) : undefined));
  const locale = useInterfaceLocale();
  const label = useEditor(({ document, flow }) => {
    const node = wire && document.nodes.find(({ id }) => id === wire.source);
    return node && flow.portsOf(node).outputs[wire.sourceHandle ?? ""]?.label;
  });
  const t = useTranslations("editor.wire");
  if (!hovered || !wire) return null;
  const port = wire.sourceHandle ?? "";
  const title = label?.[locale] ?? port;
  const kind = wire.data?.kind ?? "any";
  const outputs = from?.outputs;
  const streaming = from?.status === "running" ? from.text[port] : undefined;
  const value = outputs && Object.hasOwn(outputs, port) ? outputs[port] : streaming;
  return (
    <div
      role="status"
      className="pointer-events-none fixed z-40 max-w-80 rounded-md bg-raised px-2.5 py-2 text-xs shadow-pop"
      style={{ left: Math.min(hovered.at.x + 12, window.innerWidth - 340), top: hovered.at.y + 14, ...portStyle(kind) }}
    >
      <p className="flex items-center gap-1.5 text-muted">
        <span className="size-2 rounded-full" style={{ background: "var(--port)" }} />
        {`${title} · ${t(`kind.${kind}`)}`}
      </p>
      {value !== undefined ? (
        <p className="mt-1 line-clamp-6 whitespace-pre-wrap break-words font-mono text-[11px]">
          {shorten(glanceText(value), 400)}
        </p>
      ) : from ? (
        <p className="mt-1 text-faint">
          {t(from.status === "success" || from.status === "skipped" ? "notTaken" : "noValueYet")}
        </p>
      ) : null}
    </div>
  );
}
