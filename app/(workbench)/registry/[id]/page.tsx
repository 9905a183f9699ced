import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ModelPage } from "@/components/registry/model-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("registry") };
}

export default async function OneModelPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <ModelPage key={id} id={id} />;
}
