import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PromptPage } from "@/components/prompts/prompt-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("prompts"))("one") };
}

export default async function OnePromptPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <PromptPage key={id} id={id} />;
}
