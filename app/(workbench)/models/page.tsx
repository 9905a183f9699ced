import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Models } from "@/components/endpoints/models";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("models") };
}

export default function ModelsPage() {
  return <Models />;
}
