import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Knowledge } from "@/components/knowledge/knowledge";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("knowledge") };
}

export default function KnowledgePage() {
  return <Knowledge />;
}
