"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { type Status, StatusGlyph } from "@/components/ui/status-glyph";
import type { AttentionItem } from "./attention-items";

/** What needs somebody, each with the way to mend it. Nothing at all when all is well. */
export function Attention({ items }: { readonly items: readonly AttentionItem[] }) {
  const t = useTranslations("home.attention");
  if (items.length === 0) return null;
  return (
    <Section title={t("title")}>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {items.map((item) => (
          <AttentionRow key={item.kind === "run-failed" ? item.runId : JSON.stringify(item)} item={item} />
        ))}
      </ul>
    </Section>
  );
}

function AttentionRow({ item }: { readonly item: AttentionItem }) {
  const t = useTranslations("home.attention");
  switch (item.kind) {
    case "no-chat-model":
      return <Row status="error" text={t("noChatModel")} href="/models" action={t("addModel")} />;
    case "embedded-down":
      return (
        <Row status="warn" text={t("embeddedDown", { name: item.name })} href="/models" action={t("openModels")} />
      );
    case "endpoint-down":
      return (
        <Row
          status={item.replicas === item.of ? "error" : "warn"}
          text={t("endpointDown", { name: item.name, replicas: item.replicas, of: item.of })}
          href="/models"
          action={t("openModels")}
        />
      );
    case "run-failed":
      return (
        <Row
          status="error"
          text={t("runFailed", { name: item.pipeline })}
          aside={<RelativeTime date={item.at} className="text-faint text-xs" />}
          href={`/runs/${item.runId}`}
          action={t("openRun")}
        />
      );
    default:
      return item satisfies never;
  }
}

interface RowProps {
  readonly status: Status;
  readonly text: string;
  readonly aside?: ReactNode;
  readonly href: string;
  readonly action: string;
}

function Row({ status, text, aside, href, action }: RowProps) {
  return (
    <li className="flex min-h-11 items-center gap-3 px-3.5 py-1.5">
      <StatusGlyph status={status} />
      <p className="min-w-0 flex-1 break-words">{text}</p>
      {aside}
      <Button asChild size="sm">
        <Link href={href}>{action}</Link>
      </Button>
    </li>
  );
}
