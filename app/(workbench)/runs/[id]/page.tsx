import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RunPage } from "@/components/runs/run-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runs"))("one") };
}

export default async function OneRunPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <RunPage key={id} id={id} />;
}
