"use client";

import { useTranslations } from "next-intl";
import { type Status, StatusGlyph } from "@/components/ui/status-glyph";
import type { EndpointState } from "./endpoint-state";

const glyphs = {
  off: "skipped",
  up: "ok",
  partly: "warn",
  down: "error",
  stopped: "error",
  unknown: "waiting",
} as const satisfies Record<EndpointState["kind"], Status>;

export function EndpointStatus({ state }: { readonly state: EndpointState }) {
  const t = useTranslations("endpoints.state");
  const label = state.kind === "partly" ? t("partly", { down: state.down, of: state.of }) : t(`${state.kind}`);
  return <StatusGlyph status={glyphs[state.kind]} word label={label} />;
}
