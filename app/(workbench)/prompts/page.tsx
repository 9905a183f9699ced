import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Prompts } from "@/components/prompts/prompts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("prompts") };
}

export default function PromptsPage() {
  return <Prompts />;
}
