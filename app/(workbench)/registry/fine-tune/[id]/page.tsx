import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TuningPage } from "@/components/fine-tuning/tuning-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tuning"))("title") };
}

export default async function OneTuningPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <TuningPage key={id} id={id} />;
}
